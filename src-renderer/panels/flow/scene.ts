import type { InstrumentId } from '../../../src-shared/instrument'
import { percent } from '../../../src-shared/format'
import type { Sampled } from '../../charts/sampled'
import type { Colours } from '../../charts/theme'
import type { TimeScene } from '../../charts/time-plot'
import { figureText, percentileText, unitText } from '../../../src-shared/figure-text'
import type { TimeLens } from '../../parts/time-lens.svelte'
import type { Desk } from '../../state/desk'
import type { LaneSpec } from './lanes'

/** One lane's part of a drawing. */
export interface LaneScene {
  readonly lane: LaneSpec
  readonly lines: Sampled
  /** Latest values as drawn (below zero what is drawn down), NaN while not known. */
  readonly figures: readonly number[]
  readonly texts: readonly string[]
  /** Why the lane's figure is not known; empty when it is. */
  readonly lacks: string
}
export interface Scene extends TimeScene {
  readonly lanes: readonly LaneScene[]
  readonly knownFrom: number
}

export function sceneOf(
  desk: Desk,
  id: InstrumentId,
  lens: TimeLens,
  shown: readonly LaneSpec[],
  colours: Colours,
  pixels: number
): Scene {
  return {
    ...{ colours, edges: lens.edges, gaps: lens.gaps(), knownFrom: lens.oldest },
    lanes: shown.map((lane) => laneScene(desk, id, lens, lane, pixels))
  }
}

function laneScene(desk: Desk, id: InstrumentId, lens: TimeLens, lane: LaneSpec, pixels: number): LaneScene {
  const { market } = desk
  const lines = lens.lines(
    lane.lines.map(({ metric, field }) => market.column(metric, field)),
    pixels
  )
  lane.lines.forEach(({ down }, place) => {
    if (down) turn(lines.values[place]!)
  })
  const values = lane.lines.map(({ metric, field }) => market.figure(id, metric, field))
  return {
    lane,
    lines,
    figures: values.map((value, place) => (lane.lines[place]!.down ? -value : value)),
    texts: values.map((value, place) => textOf(desk, id, lane.lines[place]!, value)),
    lacks: lacksOf(desk, id, lane)
  }
}

/** In place: what is drawn down. */
function turn(column: (number | null)[]): void {
  for (let row = 0; row < column.length; row++) {
    const value = column[row]
    if (value !== null && value !== undefined) column[row] = -value
  }
}

function fieldOf(desk: Desk, metric: string, field: string) {
  return desk.market.metrics.find(({ id }) => id === metric)?.fields.find(({ id }) => id === field)
}

function textOf(
  desk: Desk,
  id: InstrumentId,
  { metric, field }: { metric: string; field: string },
  value: number
) {
  const spec = fieldOf(desk, metric, field)
  return spec ? figureText(spec, value, desk.market.instrument(id)) : ''
}

/** The lane's figure now, with its unit and its own percentile: `+127.5 BTC`, `38 % P71`. */
export function toldText(desk: Desk, id: InstrumentId, { told, unit }: LaneSpec): string {
  const value = desk.market.figure(id, told.metric, told.field)
  const spec = fieldOf(desk, told.metric, told.field)
  if (!spec) return ''
  const instrument = desk.market.instrument(id)
  const behind = Number.isFinite(value) ? unitText({ ...spec, unit }, instrument) : ''
  const rank = told.rank === undefined ? NaN : desk.market.figure(id, told.metric, told.rank)
  return [
    figureText(spec, value, instrument),
    behind && (behind.startsWith('/') ? behind : ` ${behind}`),
    Number.isFinite(rank) ? ` ${percentileText(rank)}` : ''
  ].join('')
}

/** Why the head's figure, or any of the lines, is not known. */
function lacksOf({ market }: Desk, id: InstrumentId, { lines, told }: LaneSpec): string {
  const main = lines.at(-1)!
  const unready = market.unready(id, main.metric, main.field) ?? market.unready(id, told.metric, told.field)
  if (!unready) return ''
  return Number.isFinite(unready.share) ? `${percent(unready.share)}: ${unready.why}` : unready.why
}
