import type { EngineFrame, ReferenceView } from '../../src-shared/contract/frames'
import { tradeColumns } from '../../src-shared/contract/frames'
import type { InstrumentId } from '../../src-shared/instrument'
import type { Trades } from './book/changes'
import { tradePrice, tradeRow, tradeSize } from './history'
import { RowRing } from './math/row-ring'

/** At most so often, ms. */
const everyMs = 1_000
const slackMs = 5
/** Liquidations of one instrument in one frame; in a cascade the oldest of a second make room. */
const mostLiquidations = 500

interface Told {
  reference: ReferenceView | undefined
  readonly liquidations: RowRing
}

/** What one window is told of derivatives, once a second: reference figures that changed, and orders closed by force. */
export class DerivativeNews {
  #told = new Map<InstrumentId, Told>()
  /** Monotonic ms. */
  #lastAt = -Infinity

  watch(ids: Iterable<InstrumentId>): void {
    const before = this.#told
    this.#told = new Map([...ids].map((id) => [id, before.get(id) ?? fresh()]))
  }

  onLiquidations(id: InstrumentId, liquidations: Trades): void {
    const told = this.#told.get(id)
    if (!told) return
    for (let row = 0; row < liquidations.count; row++) told.liquidations.push(tradeRow(liquidations, row))
  }

  rescale(id: InstrumentId, priceFactor: number, sizeFactor: number): void {
    const told = this.#told.get(id)
    told?.liquidations.scale(tradePrice, priceFactor)
    told?.liquidations.scale(tradeSize, sizeFactor)
  }

  take(mono: number, reference: (id: InstrumentId) => ReferenceView | undefined): readonly EngineFrame[] {
    if (mono - this.#lastAt < everyMs - slackMs) return []
    this.#lastAt = mono
    const frames: EngineFrame[] = []
    const list: ReferenceView[] = []
    for (const [instrument, told] of this.#told) {
      const now = reference(instrument)
      if (now && now !== told.reference) list.push(now)
      told.reference = now
      if (told.liquidations.length === 0) continue
      frames.push({ kind: 'liquidations', instrument, rows: told.liquidations.copy(0) })
      told.liquidations.clear()
    }
    if (list.length > 0) frames.push({ kind: 'references', list })
    return frames
  }
}

const fresh = (): Told => ({
  reference: undefined,
  liquidations: new RowRing(tradeColumns, mostLiquidations)
})
