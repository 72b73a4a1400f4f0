import { PriceMap } from '../../math/price-map'
import { Departures } from '../departures'
import type { Scales } from './scales'
import type { BaseOf, Sighting, Tell } from './sighting'
import { sideName } from './sighting'

/** Large additions near the touch that are remembered a side; the oldest makes room. */
const most = 64
/** Shown longer than this, size is no bluff. */
const shownMs = 8_000
/** Shown shorter than this, it is a quote that followed the market. */
const leastShownMs = 700
/** Layers come together and go together. */
const togetherMs = 300
const leastLayers = 3
/** This share of an addition must be cancelled at once. */
const cancelledShare = 0.7
const settleMs = 400
/** Earlier rounds of the same count for so long. */
const roundsMs = 60_000
/** Comings and goings of one price within so long make it flicker. */
const flickerMs = 20_000
const leastFlickers = 4

interface Layer {
  readonly price: number
  readonly lots: number
  readonly at: number
  goneAt: number
}

/** Size that is shown near the touch of one side for seconds and withdrawn without trading: several layers at once, or one price again and again. */
export class Layers {
  readonly #isBid: boolean
  readonly #scales: Scales
  readonly #tell: Tell
  readonly #departures: Departures
  #layers: Layer[] = []
  /** How many of them stand at a price: what leaves or trades elsewhere need not be looked at. */
  readonly #standing = new PriceMap()
  #rounds: number[] = []
  #flickeredAt = -Infinity
  /** Where there are few prices large orders come and go at each of them all the time: a flicker cannot be told from that. */
  readonly #isCoarse: () => boolean
  #base: BaseOf = () => NaN

  constructor(isBid: boolean, scales: Scales, tell: Tell, isCoarse: () => boolean = () => false) {
    this.#isBid = isBid
    this.#scales = scales
    this.#tell = tell
    this.#isCoarse = isCoarse
    this.#departures = new Departures(settleMs, (at, price, lots) => {
      this.#cancel(at, price, lots)
    })
  }

  hit(at: number, price: number, lots: number): void {
    if (this.#standing.get(price) > 0) this.#departures.traded(at, price, lots)
  }

  /** A level of a message, near the best price of the side before it. */
  changed(at: number, price: number, change: number, base: BaseOf): void {
    this.#base = base
    if (change > 0) this.#add(at, price, change)
    else if (change < 0 && this.#standing.get(price) > 0) this.#departures.left(at, price, -change)
  }

  pass(at: number): void {
    this.#departures.pass(at)
  }

  forget(): void {
    this.#departures.clear()
    this.#standing.clear()
    this.#layers = []
    this.#rounds = []
  }

  #add(at: number, price: number, lots: number): void {
    const base = this.#base(lots)
    this.#scales.added(at, base)
    if (!(base >= this.#scales.layer)) return
    if (this.#layers.length === most) this.#release(this.#layers.shift()!)
    this.#layers.push({ price, lots, at, goneAt: NaN })
    this.#standing.set(price, (this.#standing.get(price) || 0) + 1)
  }

  #cancel(at: number, price: number, lots: number): void {
    const layer = this.#layers.findLast((it) => it.price === price && Number.isNaN(it.goneAt))
    if (!layer || lots < cancelledShare * layer.lots || at - layer.at > shownMs) return
    this.#release(layer)
    layer.goneAt = at
    if (at - layer.at >= leastShownMs) this.#judgeLayers(at, layer)
    if (!this.#isCoarse()) this.#judgeFlicker(at, price)
  }

  #release({ price, goneAt }: Layer): void {
    if (!Number.isNaN(goneAt)) return
    const left = this.#standing.get(price) - 1
    if (left > 0) this.#standing.set(price, left)
    else this.#standing.delete(price)
  }

  #judgeLayers(at: number, last: Layer): void {
    const group = this.#layers.filter(
      (it) => at - it.goneAt <= togetherMs && Math.abs(it.at - last.at) <= togetherMs
    )
    if (new Set(group.map((it) => it.price)).size < leastLayers) return
    this.#layers = this.#layers.filter((it) => !group.includes(it))
    this.#rounds = [...this.#rounds.filter((it) => at - it <= roundsMs), at].slice(-most)
    this.#tell(at, this.#layering(group, at))
  }

  #judgeFlicker(at: number, price: number): void {
    const rounds = this.#layers.filter((it) => it.price === price && at - it.goneAt <= flickerMs)
    if (rounds.length < leastFlickers || at - this.#flickeredAt <= flickerMs) return
    this.#flickeredAt = at
    const side = sideName(this.#isBid)
    this.#tell(at, {
      kind: 'flicker',
      side,
      price,
      sign: this.#isBid ? -1 : 1,
      confidence: Math.min(1, rounds.length / (2 * leastFlickers)),
      words: `A large ${side} at one price comes and goes without trading.`,
      evidence: [
        { title: 'Times', value: rounds.length, unit: 'count' },
        { title: 'Size', value: this.#base(Math.max(...rounds.map((it) => it.lots))), unit: 'base' },
        { title: 'P99 of additions', value: this.#scales.layer, unit: 'base' }
      ]
    })
  }

  #layering(group: readonly Layer[], at: number): Sighting {
    const side = sideName(this.#isBid)
    const rounds = this.#rounds.length
    return {
      kind: 'layering',
      side,
      price: group[0]!.price,
      sign: this.#isBid ? -1 : 1,
      confidence: 1 - 0.5 ** rounds,
      words: `${group.length} large ${side}s were shown together and withdrawn together, untraded.`,
      evidence: [
        { title: 'Layers', value: group.length, unit: 'count' },
        {
          title: 'Size of all',
          value: this.#base(group.reduce((sum, it) => sum + it.lots, 0)),
          unit: 'base'
        },
        { title: 'P99 of additions', value: this.#scales.layer, unit: 'base' },
        { title: 'Shown for', value: (at - group[0]!.at) / 1_000, unit: 'seconds' },
        { title: 'Rounds in the last minute', value: rounds, unit: 'count' }
      ]
    }
  }
}
