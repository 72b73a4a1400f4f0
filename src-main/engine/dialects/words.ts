import type { VenueEvent } from '../venues/venue'

/** Words of a venue are shown, so they are kept short. */
const LONGEST = 200
/** Enough of what is no JSON to tell what it is. */
const SHOWN_OF_RUBBISH = 40

/** An object of a venue's JSON: any key may be missing, or hold anything. */
export type Wire = Readonly<Record<string, unknown>>

/** Of no use to anybody, but no fault either. */
export const ignored: readonly VenueEvent[] = [{ kind: 'ignored' }]
/** Says only that the line is alive. */
export const heard: readonly VenueEvent[] = [{ kind: 'heard' }]

/** An object, not a list and not null. */
export function isObject(value: unknown): value is Wire {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A text, empty where there is none. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** A venue's own words as the user may read them: 200 characters at most. */
export function shortened(words: string): string {
  return words.slice(0, LONGEST)
}

/** A message that should have been JSON, with its beginning. */
export function noJson(text: string): readonly VenueEvent[] {
  return [{ kind: 'malformed', reason: `no JSON: ${text.slice(0, SHOWN_OF_RUBBISH)}` }]
}
