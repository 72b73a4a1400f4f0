import { coloursAt } from '../../../src-renderer/charts/theme'
import { right, timeAxisHeight } from '../../../src-renderer/charts/time-plot'
import { HeatmapView } from '../../../src-renderer/panels/heatmap/heatmap-view'
import { millis } from '../../../src-shared/units'
import { FakeDesk, live, start } from '../../support/fake-desk.svelte'
import { instrument, movingBook } from './market'
import type { Scene } from './scene'
import { canvasIn, eachFrame } from './scene'

const [width, height] = [600 + right, 400 + timeAxisHeight]
const spanMs = 600_000
const columnMs = 500
const levels = 1_000
const share = 0.99

/** Ten minutes of depth, drawn thirty times a second while a new book comes ten times. */
export const heatmap: Scene = (host) => {
  const desk = new FakeDesk()
  const book = movingBook(levels, 60)
  desk.market.instruments = [instrument]
  desk.market.setStatus(instrument.id, live)
  const view = new HeatmapView(desk, instrument.id, spanMs, share)
  const look = (at: number) => {
    desk.now = millis(at)
    desk.market.setBook(book(at))
    view.record()
  }
  for (let at: number = start; at < start + spanMs; at += columnMs) look(at)
  const ctx = canvasIn(host, width, height)
  const colours = coloursAt(host)
  const began = performance.now()
  let drawn = 0
  return eachFrame(() => {
    const at = start + spanMs + performance.now() - began
    if (drawn++ % 3 === 0) look(at)
    else desk.now = millis(at)
    view.draw(ctx, { width, height, ratio: devicePixelRatio }, colours)
  }, 2)
}
