import type { VenueEvent } from '../venue'

/** The market's greetings, lists and signs of life need no answer; a recorded wire may hold anything. */
export function decode(text: string): readonly VenueEvent[] {
  let frame: unknown
  try {
    frame = JSON.parse(text)
  } catch {
    return [{ kind: 'malformed', reason: `no JSON: ${text.slice(0, 40)}` }]
  }
  if (typeof frame !== 'object' || frame === null || !('ch' in frame))
    return [{ kind: 'malformed', reason: `no frame of the simulated market: ${text.slice(0, 40)}` }]
  return [{ kind: 'ignored' }]
}
