import type { Instrument } from '../../src-shared/instrument'

/** As many books as the stored file allows in one sum. */
export const mostMembers = 16

/** Why these books cannot be added up; empty when they can. */
export function whyNotSummable(instruments: readonly Instrument[]): string {
  if (instruments.length < 2) return 'Mark two books or more.'
  const bases = [...new Set(instruments.map(({ base }) => base))]
  if (bases.length > 1) return `Only books of one base add up, not ${bases.slice(0, 3).join(' and ')}.`
  if (instruments.some(({ product }) => product === 'option' || product === 'combo'))
    return 'Options and combos have prices of their own and do not add up.'
  if (instruments.length > mostMembers) return `At most ${mostMembers} books add up.`
  return ''
}

/** `BTC perps`, `BTC 3 books`: what a sum is called until the user says otherwise. At most 40 letters. */
export function nameOfSum(instruments: readonly Instrument[]): string {
  const [first] = instruments
  if (!first) return ''
  const isPerps = instruments.every(({ product, expiresAt }) => product !== 'spot' && expiresAt === undefined)
  const isSpot = instruments.every(({ product }) => product === 'spot')
  const kind = isPerps ? 'perps' : isSpot ? 'spot' : `${instruments.length} books`
  return `${first.base.slice(0, 24)} ${kind}`
}
