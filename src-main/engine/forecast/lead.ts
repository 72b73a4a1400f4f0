import type { InstrumentId } from '../../../src-shared/instrument'

/** The usual distance to another venue's price is learned over about this long, ms: basis and exchange rates stay out of the lead. */
const usualMs = 30_000
const mostPeers = 16

interface Peer {
  /** Logarithm of its mid; NaN while it is not known. */
  log: number
  /** What usually lies between its logarithm and ours; NaN before the first look. */
  usual: number
}

/** How far the mids of the same coin elsewhere have gone and this one has not followed yet. */
export class Lead {
  readonly #peers = new Map<InstrumentId, Peer>()

  /** A peer's mid in any fixed unit; NaN when its book was lost. More than `mostPeers` are not listened to. */
  onPeer(id: InstrumentId, mid: number): void {
    const peer = this.#peers.get(id)
    if (peer) peer.log = Math.log(mid)
    else if (this.#peers.size < mostPeers && mid > 0) this.#peers.set(id, { log: Math.log(mid), usual: NaN })
  }

  /** A look `sinceMs` after the last one. Mean distance beyond the usual in units of `mid`; NaN while no other venue is known. */
  look(mid: number, sinceMs: number): number {
    const own = Math.log(mid)
    const share = 1 - Math.exp(-sinceMs / usualMs)
    let sum = 0
    let count = 0
    for (const peer of this.#peers.values()) {
      const distance = peer.log - own
      if (!Number.isFinite(distance)) {
        peer.usual = NaN
        continue
      }
      if (Number.isNaN(peer.usual)) peer.usual = distance
      sum += distance - peer.usual
      count++
      peer.usual += share * (distance - peer.usual)
    }
    return (sum / (count || NaN)) * mid
  }

  /** Continuity of this side was lost: what is usual is learned anew. */
  clear(): void {
    for (const peer of this.#peers.values()) peer.usual = NaN
  }
}
