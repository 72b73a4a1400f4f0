import { clock, plain, span } from '../../src-shared/format'
import type { BookState, BookStatus } from '../../src-shared/status'
import { isFollowed } from '../../src-shared/status'
import type { Millis } from '../../src-shared/units'
import { lookOf } from '../ui/status-look'

/** Why a book is not live: in few words for a row, in whole sentences for a tip. */
export interface Why {
  readonly state: BookState
  /** Yellow: a book that was there is not complete now. Grey: nothing is there, and nothing to do. */
  readonly tone: 'warn' | 'quiet'
  readonly short: string
  /** When it is tried again: `try in 12 s`; empty when nothing is planned. */
  readonly next: string
  readonly full: string
}

/** Undefined for a live book. */
export function whyNot(status: BookStatus, now: Millis): Why | undefined {
  const { state, since } = status
  if (isFollowed(status)) return undefined
  const { word, title, tone } = lookOf(state)
  const reason = plain(status.reason, 200)
  const next =
    status.nextAttemptAt === undefined ? '' : `try in ${span(Math.max(0, status.nextAttemptAt - now))}`
  const lasted = `${word} ${span(Math.max(0, now - since))}`
  const told = tone === 'warn' || !reason ? lasted : reason
  const sentence = reason ? `${title}: ${reason}.` : `${title}.`
  return {
    state,
    tone: tone === 'warn' ? 'warn' : 'quiet',
    short: told,
    next,
    full: `${sentence} Since ${clock(since)} UTC.${next ? ` Next ${next}.` : ''}`
  }
}
