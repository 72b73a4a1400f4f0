import type { Instrument, InstrumentId } from '../../../src-shared/instrument'
import { isLive } from '../../../src-shared/status'
import type { CanvasSize, Context2d } from '../../charts/canvas'
import type { DepthHistory } from '../../charts/depth-history'
import { columnMs } from '../../charts/depth-history'
import type { HeatScale, HeatWindow } from '../../charts/heatmap'
import { largestTrades } from '../../charts/marks'
import { heldUntil, sampled } from '../../charts/sampled'
import { visibleGaps } from '../../charts/spans'
import type { Colours } from '../../charts/theme'
import type { NamedGap } from '../../charts/time-plot'
import { GapCauses } from '../../parts/gap-causes'
import type { Microprice } from '../../parts/microprice'
import { keepStandIns, micropriceNow } from '../../parts/microprice'
import { keepAnchored } from '../../parts/vwap-anchor'
import type { Desk } from '../../state/desk'
import { Axes } from './axes'
import { drawOver } from './draw'
import type { Frame } from './frame'
import { frameOf, windowOf } from './frame'
import { HeatLayer } from './heat-layer'
import { HeatShades } from './heat-shades'
import { DepthRecorder } from './recorder'
import type { Recorded } from './recorder'
import { averageOf, type Average } from './average'
import type { Wall } from './walls'
import { wallsOf } from './walls'

const usualBps = 30
const leastTicks = 16
const mostMarks = 40
/** What is under the pointer. */
export interface Reading {
  readonly at: number
  /** Lowest price of the row, ticks. */
  readonly price: number
  /** NaN where not known. */
  readonly lots: number
  readonly mid: number
}

/** What the heatmap knows and shows of one instrument. */
export class HeatmapView {
  spanMs: number
  /** Share of the filled cells below the brightest colour. */
  share: number
  readonly #desk: Desk
  readonly #id: InstrumentId
  readonly #recorder: DepthRecorder
  readonly #causes = new GapCauses()
  /** What height, middle and cut-off were chosen for. */
  #history: DepthHistory | undefined
  /** Height of the picture and its middle, ticks. */
  #tall = NaN
  #middle = NaN
  readonly #layer = new HeatLayer()
  readonly #axes = new Axes()
  #size: CanvasSize | undefined
  #shades = new HeatShades()
  #shown: { readonly frame: Frame; readonly window: HeatWindow } | undefined

  constructor(desk: Desk, id: InstrumentId, spanMs: number, share: number) {
    this.#desk = desk
    this.#id = id
    this.spanMs = spanMs
    this.share = share
    this.#recorder = new DepthRecorder(desk, id)
  }

  get instrument(): Instrument | undefined {
    return this.#desk.market.instrument(this.#id)
  }
  /** Lots at either end of the colours; NaN before anything is known. */
  get scale(): HeatScale {
    return this.#shades.scale
  }
  /** When the first column begins, ms; Infinity before it. */
  get since(): number {
    return this.#history?.since ?? Infinity
  }
  get now(): number {
    return this.#recorder.now
  }

  /** The stretch of time on show. */
  get edges(): readonly [from: number, to: number] {
    return [this.now - this.spanMs, this.now]
  }
  /** Stretches of it without a live book, each with its cause. */
  get gaps(): NamedGap[] {
    const { market } = this.#desk
    const [from, to] = this.edges
    const series = market.series(this.#id)
    const gaps = visibleGaps(series.gaps, from, to, this.now)
    const oldest = series.length > 0 ? series.at(0) : Infinity
    return this.#causes.name(gaps, market.status(this.#id), oldest)
  }
  /** What the dotted line is now. */
  get average(): Average {
    return averageOf(this.#desk, this.#id)
  }
  /** What the white line is now. */
  get micro(): Microprice {
    return micropriceNow(this.#desk, this.#id)
  }
  /** Walls that flow reading told of. */
  get walls(): readonly Wall[] {
    const { market } = this.#desk
    return wallsOf(market.events(this.#id), market.series(this.#id).gaps)
  }

  /** Takes the present book into the history; a book that is not live ends what held. */
  record(): void {
    const recorded = this.#recorder.record()
    if (!recorded) return
    const { history } = this.#recorder
    if (history !== this.#history) {
      this.#tall = this.#middle = NaN
      this.#shades = new HeatShades()
    }
    this.#history = history
    this.#follow(recorded)
  }

  /** Makes the prices on show fewer (below 1) or more. */
  zoom(factor: number): void {
    const tall = this.#tall * factor
    this.#tall = Math.min(Math.max(tall, leastTicks), (this.#history?.step ?? 1) * 1_000)
  }

  /** Draws what holds now; `size` is another object whenever the canvas was cleared. */
  draw(ctx: Context2d, size: CanvasSize, colours: Colours): void {
    const { width, height, ratio } = size
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0)
    const { instrument } = this
    const history = this.#history
    const isKnown = history && instrument && !Number.isNaN(this.#middle)
    if (!isKnown || size !== this.#size) {
      ctx.clearRect(0, 0, width, height)
      this.#axes.forget()
    }
    this.#size = size
    if (!isKnown) return
    const to = this.now
    const prices = [this.#middle - this.#tall / 2, this.#middle + this.#tall / 2] as const
    const frame = frameOf(width, height, [to - this.spanMs, to], prices)
    const window = windowOf(frame, history.step)
    this.#shown = { frame, window }
    this.#paint(ctx, history, frame, window, ratio, colours)
    this.#drawOver({ ctx, colours, ratio }, instrument, history, frame, window)
  }

  /** What lies at a place of the canvas, CSS px; undefined outside the picture. */
  read(x: number, y: number): Reading | undefined {
    const { frame, window } = this.#shown ?? {}
    const history = this.#history
    if (!frame || !window || !history || x < 0 || y < 0 || x >= frame.right || y >= frame.bottom)
      return undefined
    const at = frame.from + (x / frame.right) * (frame.to - frame.from)
    const price = frame.top - (y / frame.bottom) * (frame.top - frame.low)
    const row = Math.floor((price + 0.5) / (history.step * window.per)) * window.per
    const market = this.#desk.market
    return {
      at,
      price: row * history.step,
      lots: history.sum(Math.floor(at / columnMs), row, window.per),
      mid: market.figure(this.#id, 'price', 'mid')
    }
  }

  /** The picture stands still until the mid leaves the middle part of it. */
  #follow({ mid, knownBid, knownAsk }: Recorded): void {
    if (Number.isNaN(this.#tall)) {
      this.#tall = Math.max(leastTicks, Math.min(mid * usualBps * 1e-4, (knownAsk - knownBid) * 1.1))
    }
    if (!(Math.abs(mid - this.#middle) < 0.3 * this.#tall)) this.#middle = mid
  }

  #paint(
    ctx: Context2d,
    history: DepthHistory,
    frame: Frame,
    window: HeatWindow,
    ratio: number,
    colours: Colours
  ): void {
    this.#shades.measure(this.#layer.gather(history, window), this.share, frame.to)
    const pixels = [Math.round(frame.right * ratio), Math.round(frame.bottom * ratio)] as const
    const picture = this.#layer.paint(frame, history, pixels, this.#shades.table(colours))
    if (!picture) return
    ctx.setTransform(1, 0, 0, 1, 0, 0)
    ctx.clearRect(0, 0, ...pixels)
    ctx.drawImage(picture, 0, 0)
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0)
  }

  #drawOver(
    pen: Parameters<typeof drawOver>[0],
    instrument: Instrument,
    history: DepthHistory,
    frame: Frame,
    window: HeatWindow
  ): void {
    const { market } = this.#desk
    const series = market.series(this.#id)
    const edges = [frame.from, frame.to] as const
    const { average } = this
    const columns = [
      market.column('price', 'mid'),
      market.column('microprice', 'best'),
      market.column('vwap', average.field),
      market.column('vwap', 'anchoredFor'),
      market.column('price', 'microprice')
    ]
    const lines = sampled(series, columns, edges, Math.max(1, Math.round(frame.right)))
    const live = isLive(market.status(this.#id))
    const drawn = live ? heldUntil(lines, frame.to) : lines
    keepStandIns(drawn, 1, 4)
    if (average.field === 'anchored') keepAnchored(drawn, 2, 3, average.since)
    const mid = market.figure(this.#id, 'price', 'mid')
    const named = {
      micro: isDrawn(drawn.values[1]) || isDrawn(drawn.values[4]),
      vwap: isDrawn(drawn.values[2]),
      average: average.name
    }
    this.#axes.draw(pen, { frame, window, instrument, history, live, cut: this.scale.cut, mid, named })
    drawOver(pen, {
      frame,
      instrument,
      since: history.since,
      lines: drawn,
      marks: largestTrades(series.trades, frame.from, frame.to, mostMarks),
      gaps: this.gaps,
      walls: this.walls,
      pullRate: market.figure(this.#id, 'flow-reading', 'pullRate')
    })
  }
}

const isDrawn = (values: readonly (number | null)[] | undefined): boolean =>
  values?.some((value) => value !== null) ?? false
