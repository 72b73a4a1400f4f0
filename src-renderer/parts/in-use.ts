import type { InstrumentId, VenueId } from '../../src-shared/instrument'
import { venueOf } from '../../src-shared/instrument'
import type { Desk } from '../state/desk'

/** What the lists hold and what is selected; a group stands for its members. */
export function instrumentsInUse({ watchlists, selected }: Desk): ReadonlySet<InstrumentId> {
  const named = watchlists.lists.flatMap(({ instruments }) => instruments)
  const all = selected === undefined ? named : [...named, selected]
  return new Set(all.flatMap((id) => watchlists.group(id)?.members ?? [id]))
}

/** Venues of those, and those whose links carry anything: a rule or a pinned pane may want it. */
export function venuesInUse(desk: Desk): ReadonlySet<VenueId> {
  const links = (desk.market.health?.links ?? []).filter(({ instruments }) => instruments > 0)
  return new Set([...[...instrumentsInUse(desk)].map(venueOf), ...links.map(({ venue }) => venue)])
}
