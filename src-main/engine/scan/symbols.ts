import type { Scanner } from './scanner'

interface Known {
  readonly bytes: Uint8Array
  readonly text: string
}

/** More symbols than any venue lists; a table that is fuller than that is being fed garbage and starts anew. */
const MOST = 8192

/** Makes texts of symbols without allocating for those it has seen before. */
export class Symbols {
  readonly #known = new Map<number, Known>()
  readonly #decoder = new TextDecoder()
  /** Messages of one symbol come in runs. */
  #last: Known | undefined

  /** The text of the bytes the scanner read last. */
  text({ bytes, from, to }: Scanner): string {
    const last = this.#last
    if (last && isSame(last.bytes, bytes, from, to)) return last.text
    let hash = 0x811c9dc5
    for (let at = from; at < to; at++) hash = Math.imul(hash ^ bytes[at]!, 0x01000193)
    const known = this.#known.get(hash)
    if (known && isSame(known.bytes, bytes, from, to)) {
      this.#last = known
      return known.text
    }
    const own = bytes.slice(from, to)
    const text = this.#decoder.decode(own)
    if (this.#known.size >= MOST) this.#known.clear()
    this.#known.set(hash, { bytes: own, text })
    return text
  }
}

function isSame(own: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  if (own.length !== to - from) return false
  for (let at = from; at < to; at++) if (own[at - from] !== bytes[at]) return false
  return true
}
