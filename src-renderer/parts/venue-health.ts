import type { LinkHealth } from '../../src-shared/contract/frames'
import type { Millis } from '../../src-shared/units'

/** One venue's sockets in one answer: `ok` all open, `waiting` some not, `off` switched off, `idle` nobody asks for it. */
export interface VenueHealth {
  readonly state: 'ok' | 'waiting' | 'off' | 'idle' | 'unknown'
  /** A word or two for the pill; empty when all is well. */
  readonly word: string
  /** Why, in the venue's or the system's words. */
  readonly reason: string
  readonly nextAttemptAt: Millis | undefined
  /** Of the socket that lags most, ms. */
  readonly lagMs: number
  readonly framesPerSecond: number
}

const words: Readonly<Record<LinkHealth['state'], string>> = {
  idle: '',
  open: '',
  connecting: 'connecting',
  waiting: 'unreachable',
  banned: 'paused by venue',
  off: 'off'
}

/** The sum of a venue's links; the worst one speaks. */
export function venueHealth(links: readonly LinkHealth[], enabled: boolean): VenueHealth {
  const none = { reason: '', nextAttemptAt: undefined, lagMs: NaN, framesPerSecond: 0 }
  if (!enabled) return { ...none, state: 'off', word: 'off', reason: 'Switched off in the settings.' }
  const trouble =
    links.find(({ state }) => state === 'banned') ??
    links.find(({ state }) => state === 'waiting') ??
    links.find(({ state }) => state === 'connecting')
  const open = links.filter(({ state }) => state === 'open')
  const lags = open.map(({ lagMs }) => lagMs).filter(Number.isFinite)
  const sums = {
    lagMs: lags.length > 0 ? Math.max(...lags) : NaN,
    framesPerSecond: links.reduce((sum, link) => sum + link.framesPerSecond, 0)
  }
  if (trouble) {
    const { state, reason, nextAttemptAt } = trouble
    return { ...sums, state: 'waiting', word: words[state], reason, nextAttemptAt }
  }
  if (open.length > 0) return { ...none, ...sums, state: 'ok', word: '' }
  if (links.length > 0) return { ...none, state: 'idle', word: '' }
  return { ...none, state: 'unknown', word: '' }
}
