import type { InstrumentId } from '../../src-shared/instrument'
import type { Group } from '../../src-shared/watchlist'

/** `group:BTC-perps`, with a number where there is one already. At most 40 letters after the colon. */
export function freshGroupId(name: string, groups: readonly Group[]): InstrumentId {
  const word = name.replace(/[^A-Za-z0-9_.+]+/g, '-').replace(/^-+|-+$/g, '') || 'group'
  const ids = new Set(groups.map(({ id }) => id))
  for (let number = 1; ; number++) {
    const id = `group:${word.slice(0, 34)}${number === 1 ? '' : `-${number}`}`
    if (!ids.has(id)) return id
  }
}

export const sameMembers = (a: readonly InstrumentId[], b: readonly InstrumentId[]): boolean =>
  a.length === b.length && a.every((id) => b.includes(id))
