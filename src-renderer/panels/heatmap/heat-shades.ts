import type { HeatCells, HeatScale } from '../../charts/heatmap'
import { rampOf, scaleOf, shades } from '../../charts/heatmap'
import type { Colours } from '../../charts/theme'

/** Share of the filled cells below the brightest colour, unless another is chosen: what is larger than 99 of 100 is what a trader looks for. */
export const usualCut = 0.99
/** The whole picture would flicker if its scale followed every book. */
const everyMs = 1_000

/** The colours of sizes: their scale, measured anew once a second or when another cut-off is chosen, and the table made of it. */
export class HeatShades {
  #scale: HeatScale = { floor: NaN, cut: NaN }
  #at = NaN
  #share = NaN
  #table: { readonly scale: HeatScale; readonly colours: Colours; readonly table: Uint32Array } | undefined

  get scale(): HeatScale {
    return this.#scale
  }

  /** @param share of the filled cells below the brightest colour */
  measure(cells: HeatCells, share: number, at: number): void {
    if (this.#share === share && at - this.#at < everyMs) return
    const { floor, cut } = scaleOf(cells, share)
    this.#at = at
    this.#share = share
    if (Object.is(floor, this.#scale.floor) && Object.is(cut, this.#scale.cut)) return
    this.#scale = { floor, cut }
  }

  /** As `shades` has it. The same object as long as nothing has changed: another means painting everything anew. */
  table(colours: Colours): Uint32Array {
    if (this.#table?.scale !== this.#scale || this.#table.colours !== colours) {
      const { heat0, heat1, heat2, heat3, heat4, heat5, heat6 } = colours
      const ramp = rampOf([heat0, heat1, heat2, heat3, heat4, heat5, heat6])
      this.#table = { scale: this.#scale, colours, table: shades(ramp, this.#scale) }
    }
    return this.#table.table
  }
}
