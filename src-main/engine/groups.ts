import type { Instrument, InstrumentId } from '../../src-shared/instrument'
import type { Millis } from '../../src-shared/units'
import type { Group } from '../../src-shared/watchlist'
import type { GroupListener } from './group-market'
import { GroupMarket } from './group-market'

const nobody: readonly GroupMarket[] = []

/** The groups that somebody wants, found by their members. */
export class Groups {
  readonly #listener: GroupListener
  #groups: readonly GroupMarket[] = []
  #byMember = new Map<InstrumentId, readonly GroupMarket[]>()
  readonly #skewed = new Set<InstrumentId>()

  constructor(listener: GroupListener) {
    this.#listener = listener
  }

  /** Groups that an instrument is a member of. */
  of(member: InstrumentId): readonly GroupMarket[] {
    return this.#byMember.get(member) ?? nobody
  }

  /** An instrument's book is too late to be added to others; false: not any more. */
  onSkewed(member: InstrumentId, isSkewed: boolean, at: Millis): void {
    if (isSkewed) this.#skewed.add(member)
    else this.#skewed.delete(member)
    for (const group of this.of(member)) group.onSkewed(member, isSkewed, at)
  }

  /** The whole of what is wanted. A group that is unchanged goes on; one that is new begins with the members already known. */
  watch(groups: readonly Group[], known: ReadonlyMap<InstrumentId, Instrument>, at: Millis): void {
    const fresh: GroupMarket[] = []
    this.#groups = groups.map((group) => {
      const running = this.#groups.find((it) => JSON.stringify(it.group) === JSON.stringify(group))
      if (running) return running
      const market = new GroupMarket(group, this.#listener)
      fresh.push(market)
      return market
    })
    const members = new Set(groups.flatMap((group) => group.members))
    this.#byMember = new Map(
      [...members].map((id) => [id, this.#groups.filter(({ group }) => group.members.includes(id))])
    )
    for (const market of fresh)
      for (const id of market.group.members) {
        const instrument = known.get(id)
        if (this.#skewed.has(id)) market.onSkewed(id, true, at)
        if (instrument) market.describe(instrument, at)
      }
  }
}
