import { coloursAt } from '../../../src-renderer/charts/theme'
import { Pace } from '../../../src-renderer/charts/pace'
import { right, timeAxisHeight } from '../../../src-renderer/charts/time-plot'
import { HeatmapView } from '../../../src-renderer/panels/heatmap/heatmap-view'
import type { BookView } from '../../../src-shared/contract/frames'
import { millis } from '../../../src-shared/units'
import { FakeDesk, live, start } from '../../support/fake-desk.svelte'
import { instrument, movingBook } from './market'
import type { Scene } from './scene'
import { canvasIn, drawings } from './scene'

const [width, height] = [600 + right, 400 + timeAxisHeight]
const spanMs = 600_000
const columnMs = 500
const levels = 1_000
const share = 0.99

/** Less than two frames of the screen, so that every second one is drawn: thirty a second. */
const drawMs = 25
const drawsABook = 3

/** Ten minutes of depth, drawn thirty times a second while a new book comes ten times. */
export const heatmap: Scene = (host) => depthOn(host, false)

/** The same with mid and microprice over it, a new row with each book. */
export const linedHeatmap: Scene = (host) => depthOn(host, true)

function depthOn(host: HTMLElement, lined: boolean): () => void {
  const desk = new FakeDesk()
  const book = movingBook(levels, 60)
  desk.market.instruments = [instrument]
  desk.market.setStatus(instrument.id, live)
  const view = new HeatmapView(desk, instrument.id, spanMs, share)
  const look = (at: number) => {
    desk.now = millis(at)
    const next = book(at)
    desk.market.setBook(next)
    if (lined) desk.market.sample(instrument.id, at, middles(next))
    view.record()
  }
  for (let at: number = start; at < start + spanMs; at += columnMs) look(at)
  const ctx = canvasIn(host, width, height)
  const colours = coloursAt(host)
  const size = { width, height, ratio: devicePixelRatio }
  const began = performance.now()
  let drawn = 0
  // As the app draws: a frame is asked for when it is time for one.
  const pace = new Pace(() => {
    const at = start + spanMs + performance.now() - began
    if (drawn++ % drawsABook === 0) look(at)
    else desk.now = millis(at)
    view.draw(ctx, size, colours)
    drawings.count++
    pace.ask()
  }, drawMs)
  pace.ask()
  return () => {
    pace.stop()
  }
}

function middles({ bids, asks }: BookView): Readonly<Record<string, number>> {
  const [bid, bidSize, ask, askSize] = [bids[0]!, bids[1]!, asks[0]!, asks[1]!]
  const microprice = (bidSize * ask + askSize * bid) / (bidSize + askSize)
  return { 'price.mid': (bid + ask) / 2, 'price.microprice': microprice, 'microprice.best': microprice }
}
