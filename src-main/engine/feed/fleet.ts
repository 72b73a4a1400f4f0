import type { Leg } from '../venues/venue'
import type { Link } from './link'

/** A venue's links: each symbol on one link of every leg, links filled to the leg's capacity. */
export class Fleet {
  readonly #legs: readonly Leg[]
  readonly #make: (leg: Leg) => Link
  readonly #links: Link[] = []

  constructor(legs: readonly Leg[], make: (leg: Leg) => Link) {
    this.#legs = legs
    this.#make = make
  }

  get links(): readonly Link[] {
    return this.#links
  }

  has(symbol: string): boolean {
    return this.#links.some((link) => link.wanted.has(symbol))
  }

  join(symbol: string): void {
    if (this.has(symbol)) return
    for (const leg of this.#legs) if (leg.serves?.(symbol) ?? true) this.#linkWithRoom(leg).add(symbol)
  }

  leave(symbol: string): void {
    for (const link of this.#links.filter(({ wanted }) => wanted.has(symbol))) {
      link.remove(symbol)
      if (link.wanted.size === 0) this.#links.splice(this.#links.indexOf(link), 1)
    }
  }

  /** The link that carries a symbol's book. */
  bookLink(symbol: string): Link | undefined {
    return this.#links.find(({ leg, wanted }) => leg.carriesBook && wanted.has(symbol))
  }

  /** The link that carries a symbol's trades, where its book comes over another. */
  tradesLink(symbol: string): Link | undefined {
    return this.#links.find(({ leg, wanted }) => leg.carriesTrades && wanted.has(symbol))
  }

  close(): void {
    for (const link of this.#links) link.close()
    this.#links.length = 0
  }

  #linkWithRoom(leg: Leg): Link {
    const roomy = this.#links.find((link) => link.leg === leg && link.hasRoom)
    if (roomy) return roomy
    const made = this.#make(leg)
    this.#links.push(made)
    return made
  }
}
