import type { InstrumentId } from '../../../src-shared/instrument'
import type { Colours } from '../../charts/theme'
import type { Band } from '../../parts/imbalance-bands'
import { TimeLens } from '../../parts/time-lens.svelte'
import type { Desk } from '../../state/desk'
import type { Scene } from './scene'

/** What the panel shows of one instrument. */
export class ImbalanceView extends TimeLens {
  readonly #desk: Desk
  readonly #id: InstrumentId

  constructor(desk: Desk, id: InstrumentId, spanMs: number) {
    super(desk, id, spanMs)
    this.#desk = desk
    this.#id = id
  }

  /** What is to be drawn now on `pixels` columns. */
  scene(colours: Colours, bands: readonly Band[], pixels: number): Scene {
    const { market } = this.#desk
    const first = bands[0] ?? ''
    const latest = (metric: string, field: string) => market.figure(this.#id, metric, field)
    const columns = [
      ...bands.map((band) => market.column('imbalance', band)),
      ...bands.map((band) => market.column('imbalance-usual', `${band}P5`)),
      ...bands.map((band) => market.column('imbalance-usual', `${band}P95`)),
      market.column('imbalance-dynamics', 'regime')
    ]
    return {
      ...{ colours, bands, edges: this.edges, gaps: this.gaps(), knownFrom: this.oldest },
      lines: this.lines(columns, pixels),
      figures: bands.map((band) => latest('imbalance', band)),
      lows: bands.map((band) => latest('imbalance-usual', `${band}P5`)),
      highs: bands.map((band) => latest('imbalance-usual', `${band}P95`)),
      rank: latest('imbalance-usual', `${first}Rank`),
      regime: latest('imbalance-dynamics', 'regime'),
      regimeFor: latest('imbalance-dynamics', 'regimeFor'),
      regimeWhy: market.unready(this.#id, 'imbalance-dynamics', 'regime')
    }
  }
}
