import type { InstrumentId } from '../../src-shared/instrument'
import type { BookStatus } from '../../src-shared/status'
import { isLive } from '../../src-shared/status'
import type { Desk } from '../state/desk'

/** A group's members as this window knows them; only those that are live are in its sums. */
export interface Shares {
  readonly live: number
  readonly all: readonly { readonly id: InstrumentId; readonly status: BookStatus }[]
}

/** Undefined for what is no group. */
export function sharesOf({ market, watchlists }: Desk, id: InstrumentId): Shares | undefined {
  const members = watchlists.group(id)?.members
  if (!members) return undefined
  const all = members.map((member) => ({ id: member, status: market.status(member) }))
  return { live: all.filter(({ status }) => isLive(status)).length, all }
}
