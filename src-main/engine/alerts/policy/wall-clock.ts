import { CalendarDateTime, fromAbsolute, toZoned } from '@internationalized/date'
import type { QuietHours } from '../../../../src-shared/alerts/policy'

/** What a clock on the wall of a zone shows. */
interface Wall {
  /** Days since 1970, of the zone's own calendar. */
  readonly day: number
  /** 1 Monday to 7 Sunday. */
  readonly weekday: number
  readonly minutes: number
}

export function wallAt(at: number, zone: string): Wall {
  const { year, month, day, hour, minute } = fromAbsolute(at, zone)
  const days = Math.floor(Date.UTC(year, month - 1, day) / 86_400_000)
  // 1 January 1970 was a Thursday.
  return { day: days, weekday: ((days + 3) % 7) + 1, minutes: hour * 60 + minute }
}

/** Whether something was less than so long ago. A clock that was set back holds nothing up: what it calls the future is long ago. */
export const isRecent = (since: number, at: number, ms: number): boolean => at >= since && at - since < ms

/** By the clock on the wall, so that a night is a night when it is an hour longer or shorter. */
export function isQuiet(hours: QuietHours, at: number, zone: string): boolean {
  if (!hours.enabled) return false
  const { weekday, minutes } = wallAt(at, zone)
  const from = minutesOf(hours.from)
  const to = minutesOf(hours.to)
  const yesterday = weekday === 1 ? 7 : weekday - 1
  if (to > from) return hours.days.includes(weekday) && minutes >= from && minutes < to
  return (hours.days.includes(weekday) && minutes >= from) || (hours.days.includes(yesterday) && minutes < to)
}

/** Ms since 1970 of 08:00 of the next day. */
export function tomorrowMorning(at: number, zone: string): number {
  const { year, month, day } = fromAbsolute(at, zone)
  return toZoned(new CalendarDateTime(year, month, day, 8).add({ days: 1 }), zone)
    .toDate()
    .getTime()
}

/** The zone of a policy where it is one, otherwise UTC. */
export function zoneOf(wanted: string, machine: string): string {
  const zone = wanted === '' ? machine : wanted
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return zone
  } catch {
    // A name that this system does not know: times are then of UTC, which the window shows.
    return 'UTC'
  }
}

function minutesOf(clock: string): number {
  const [hours = '', minutes = ''] = clock.split(':')
  return Number(hours) * 60 + Number(minutes)
}
