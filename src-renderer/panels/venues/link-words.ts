import type { LinkHealth } from '../../../src-shared/contract/frames'
import { clock, decimal, percent, plain, signed, span, unknown } from '../../../src-shared/format'
import { millis, type Millis } from '../../../src-shared/units'

/** A whole number, a dash where it is unknown. */
export const count = (value: number): string => (Number.isFinite(value) ? decimal(value, 0) : unknown)

const late = (ms: number): string => (Number.isFinite(ms) ? `${count(ms)} ms` : unknown)

/** A clock against ours: `+6 ms`, `−1.2 s`. */
export function offset(ms: number): string {
  if (!Number.isFinite(ms)) return unknown
  return Math.abs(ms) < 1_000 ? `${signed(ms, 0)} ms` : `${signed(ms / 1_000, 1)} s`
}

/** Checksums held against our books: `12`, `12, 1 bad`; a dash where there were none. */
export function checks(ok: number, bad: number): string {
  if (!(ok + bad > 0)) return unknown
  return bad > 0 ? `${count(ok)}, ${count(bad)} bad` : count(ok)
}

/** When something is tried next. */
export const nextAttempt = (at: number, now: Millis): string =>
  `Next attempt ${now < at ? `in ${span(at - now)}, at ${clock(millis(at))}` : 'now'}`

/** How a connection stands, since when, why, and what comes next. */
export function standing(link: LinkHealth, now: Millis): string {
  const { state, since, reason, nextAttemptAt, attempts } = link
  const lasted = since > 0 ? ` for ${span(now - since)}` : ''
  const why = reason ? `: ${plain(reason, 160)}` : ''
  const next = nextAttemptAt === undefined ? '' : `. ${nextAttempt(nextAttemptAt, now)}`
  const tries = attempts > 1 ? `, ${attempts} tries` : ''
  return `${state === 'waiting' ? 'not connected' : state}${lasted}${why}${next}${tries}`
}

/** What is measured of a connection. Only requests have a weight, and only what carries books has their counts. */
export function figuresOf(link: LinkHealth): readonly { readonly name: string; readonly value: string }[] {
  const { lagP50Ms, lagP99Ms, clockOffsetMs, framesPerSecond, weightUsed } = link
  const { gaps, resyncs, checksumsOk, checksumsBad } = link
  if (Number.isFinite(weightUsed)) return [{ name: 'Weight used', value: percent(weightUsed) }]
  return [
    { name: 'p50', value: late(lagP50Ms) },
    { name: 'p99', value: late(lagP99Ms) },
    { name: 'Clock', value: offset(clockOffsetMs) },
    { name: 'Messages', value: `${count(framesPerSecond)} /s` },
    ...(Number.isFinite(gaps)
      ? [
          { name: 'Gaps', value: count(gaps) },
          { name: 'Resyncs', value: count(resyncs) },
          { name: 'Checks', value: checks(checksumsOk, checksumsBad) }
        ]
      : [])
  ]
}
