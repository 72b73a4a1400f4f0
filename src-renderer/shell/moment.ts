import { date } from '../../src-shared/format'
import { millis } from '../../src-shared/units'

/** `2026-11-24 12:03:07` in UTC. */
export const momentText = (at: number): string => date(millis(at))

/** The moment that a text as of `momentText` names; NaN for anything else. */
export function momentIn(text: string): number {
  const match = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})(:\d{2})?$/.exec(text.trim())
  return match ? Date.parse(`${match[1]}T${match[2]}${match[3] ?? ':00'}Z`) : NaN
}
