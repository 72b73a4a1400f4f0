import { shareInterval } from '../math/share-interval'

export const horizonMs = 10_000
/** Events that wait for their horizon; a further one is not followed up. */
const most = 64

interface Waiting<Kind> {
  readonly kind: Kind
  readonly at: number
  readonly sign: number
  readonly mid: number
}
interface Followed {
  n: number
  came: number
  bps: number
}

/** How often the mid moved as a kind of event suggests, within ten seconds, and how far. */
export class FollowUp<Kind extends string> {
  readonly #kinds: readonly Kind[]
  readonly #records: ReadonlyMap<Kind, Followed>
  #waiting: Waiting<Kind>[] = []

  constructor(kinds: readonly Kind[]) {
    this.#kinds = kinds
    this.#records = new Map(kinds.map((kind) => [kind, { n: 0, came: 0, bps: 0 }]))
  }

  add(kind: Kind, at: number, sign: number, mid: number): void {
    if (sign !== 0 && mid > 0 && this.#waiting.length < most) this.#waiting.push({ kind, at, sign, mid })
  }

  /** `mid` held until `at`. */
  pass(at: number, mid: number): void {
    while (this.#waiting.length > 0 && this.#waiting[0]!.at + horizonMs <= at) {
      const { kind, sign, mid: before } = this.#waiting.shift()!
      const moved = sign * (mid / before - 1) * 1e4
      const record = this.#records.get(kind)!
      if (Number.isNaN(moved)) continue
      record.n++
      record.came += moved > 0 ? 1 : 0
      record.bps += moved
    }
  }

  /** Undefined before the first was followed up. */
  of(kind: Kind) {
    const { n, came, bps } = this.#records.get(kind)!
    if (n === 0) return undefined
    const [low, high] = shareInterval(came, n)
    return { n, share: came / n, low, high, meanBps: bps / n, horizonMs }
  }

  forget(): void {
    this.#waiting = []
  }

  save(): number[] {
    return this.#kinds.flatMap((kind) => {
      const { n, came, bps } = this.#records.get(kind)!
      return [n, came, bps]
    })
  }

  restore(values: readonly number[]): boolean {
    const isSane = this.#kinds.every(
      (_, at) => values[3 * at]! >= values[3 * at + 1]! && values[3 * at + 1]! >= 0
    )
    if (values.length !== 3 * this.#kinds.length || !isSane || !values.every(Number.isFinite)) return false
    for (const [at, kind] of this.#kinds.entries()) {
      const [n = 0, came = 0, bps = 0] = values.slice(3 * at, 3 * at + 3)
      Object.assign(this.#records.get(kind)!, { n, came, bps })
    }
    return true
  }
}
