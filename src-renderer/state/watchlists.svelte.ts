import type { Ask } from '../../src-shared/contract/calls'
import type { InstrumentId } from '../../src-shared/instrument'
import type { Group, Watchlist, Watchlists as Stored } from '../../src-shared/watchlist'
import { defaultWatchlists } from '../../src-shared/watchlist'
import type { Watchlists } from './desk'
import { freshId } from './fresh-id'
import type { NoticesState } from './notices.svelte'
import { freshGroupId, sameMembers } from './group-id'

const noGroups: readonly Group[] = []

export class WatchlistsState implements Watchlists {
  readonly #ask: Ask
  readonly #notices: NoticesState
  #stored = $state.raw<Stored>(defaultWatchlists)

  constructor(ask: Ask, notices: NoticesState) {
    this.#ask = ask
    this.#notices = notices
  }

  get lists(): readonly Watchlist[] {
    return this.#stored.lists
  }
  get active(): Watchlist {
    return this.lists.find(({ id }) => id === this.#stored.active) ?? this.lists[0]!
  }

  get groups(): readonly Group[] {
    return this.#stored.groups ?? noGroups
  }

  group(id: InstrumentId): Group | undefined {
    return this.groups.find((group) => group.id === id)
  }

  createGroup(name: string, members: readonly InstrumentId[]): InstrumentId {
    const same = this.groups.find((group) => sameMembers(group.members, members))
    const group = same ?? { id: freshGroupId(name, this.groups), name: name.trim(), members: [...members] }
    const lists = this.lists.map((list) =>
      list.id !== this.active.id || list.instruments.includes(group.id)
        ? list
        : { ...list, instruments: [...list.instruments, group.id] }
    )
    this.#save({ ...this.#stored, lists, groups: same ? [...this.groups] : [...this.groups, group] })
    return group.id
  }

  removeGroup(id: InstrumentId): void {
    this.#save({
      ...this.#stored,
      groups: this.groups.filter((group) => group.id !== id),
      lists: this.lists.map((list) => ({ ...list, instruments: list.instruments.filter((it) => it !== id) }))
    })
  }

  /** What the main process holds. */
  take(stored: Stored): void {
    this.#stored = stored
  }

  choose(id: string): void {
    if (this.lists.some((list) => list.id === id)) this.#save({ ...this.#stored, active: id })
  }

  create(name: string): void {
    const list = { id: freshId('list'), name: name.trim(), instruments: [] }
    this.#save({ ...this.#stored, active: list.id, lists: [...this.lists, list] })
  }

  rename(id: string, name: string): void {
    this.#save({
      ...this.#stored,
      lists: this.lists.map((list) => (list.id === id ? { ...list, name: name.trim() } : list))
    })
  }

  /** The last list stays. */
  remove(id: string): void {
    const lists = this.lists.filter((list) => list.id !== id)
    const first = lists[0]
    if (!first) return
    this.#save({
      ...this.#stored,
      lists,
      active: this.#stored.active === id ? first.id : this.#stored.active
    })
  }

  add(instrument: InstrumentId): void {
    if (this.active.instruments.includes(instrument)) return
    this.#setInstruments([...this.active.instruments, instrument])
  }

  drop(instrument: InstrumentId): void {
    this.#setInstruments(this.active.instruments.filter((id) => id !== instrument))
  }

  move(instrument: InstrumentId, to: number): void {
    const rest = this.active.instruments.filter((id) => id !== instrument)
    if (rest.length === this.active.instruments.length) return
    rest.splice(Math.max(0, Math.min(to, rest.length)), 0, instrument)
    this.#setInstruments(rest)
  }

  #setInstruments(instruments: InstrumentId[]): void {
    const { id } = this.active
    this.#save({
      ...this.#stored,
      lists: this.lists.map((list) => (list.id === id ? { ...list, instruments } : list))
    })
  }

  /** Shown at once; taken back when the main process refuses it. */
  #save(next: Stored): void {
    const before = this.#stored
    this.#stored = next
    void this.#notices
      .say(this.#ask('watchlists:save', next), 'The watchlists were not saved')
      .then((saved) => {
        if (!saved.ok && this.#stored === next) this.#stored = before
      })
  }
}
