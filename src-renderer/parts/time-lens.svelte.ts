import type { InstrumentId } from '../../src-shared/instrument'
import { isLive } from '../../src-shared/status'
import type { Sampled } from '../charts/sampled'
import { heldUntil, sampled } from '../charts/sampled'
import { visibleGaps } from '../charts/spans'
import type { NamedGap } from '../charts/time-plot'
import type { TimeView } from '../charts/time-view'
import { edgesOf, isFollowing, panned, zoomed } from '../charts/time-view'
import type { Desk } from '../state/desk'
import { GapCauses } from './gap-causes'

/** Spans that panels over time offer, ms. */
export const spans = [60_000, 240_000, 600_000] as const
/** A tab's chosen span, or four minutes. */
export const spanFrom = (choice: unknown): number => spans.find((span) => span === choice) ?? 240_000

/** The stretch of one instrument's time that a panel shows, and what is known in it. */
export class TimeLens {
  #view = $state.raw<TimeView>({ spanMs: 240_000, end: undefined })
  readonly #causes = new GapCauses()
  readonly #desk: Desk
  readonly #id: InstrumentId

  constructor(desk: Desk, id: InstrumentId, spanMs: number) {
    this.#desk = desk
    this.#id = id
    this.#view = { spanMs, end: undefined }
  }

  get following(): boolean {
    return isFollowing(this.#view)
  }
  get spanMs(): number {
    return this.#view.spanMs
  }
  /** The present: the clock of the window, or the latest sample's where that is later. */
  get now(): number {
    const series = this.#desk.market.series(this.#id)
    return Math.max(this.#desk.now, series.length > 0 ? series.at(series.length - 1) : 0)
  }
  get edges(): readonly [from: number, to: number] {
    return edgesOf(this.#view, this.now)
  }
  /** When this window's knowledge begins; Infinity while it has none. */
  get oldest(): number {
    const series = this.#desk.market.series(this.#id)
    return series.length > 0 ? series.at(0) : Infinity
  }

  follow(): void {
    this.#view = { spanMs: this.#view.spanMs, end: undefined }
  }
  show(spanMs: number): void {
    this.#view = zoomed(this.#view, spanMs / this.#view.spanMs, this.edges[1], this.now)
  }
  /** Moves by a share of the span; positive is later. */
  pan(share: number): void {
    this.#view = panned(this.#view, share * this.#view.spanMs, this.now, this.oldest)
  }
  /** Zooms around a place between the left (0) and the right edge (1). */
  zoom(factor: number, place: number): void {
    const [from, to] = this.edges
    this.#view = zoomed(this.#view, factor, from + place * (to - from), this.now)
  }

  /** The columns on `pixels` pixels; a live book's last values are held until now. */
  lines(columns: readonly number[], pixels: number): Sampled {
    const { market } = this.#desk
    const { edges } = this
    const lines = sampled(market.series(this.#id), columns, edges, Math.max(1, pixels))
    return isLive(market.status(this.#id)) && edges[1] >= this.now ? heldUntil(lines, edges[1]) : lines
  }

  /** Stretches in sight without a live book, each with its cause. */
  gaps(): NamedGap[] {
    const { market } = this.#desk
    const [from, to] = this.edges
    const series = market.series(this.#id)
    const gaps = visibleGaps(series.gaps, from, to, this.now)
    const oldest = series.length > 0 ? series.at(0) : Infinity
    return this.#causes.name(gaps, market.status(this.#id), oldest)
  }
}
