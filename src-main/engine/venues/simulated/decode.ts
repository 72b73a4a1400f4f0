import { jsonOf } from '../../dialects/json'
import { ignored, noJson } from '../../dialects/words'
import type { VenueEvent } from '../venue'

/** The market's greetings, lists and signs of life need no answer; a recorded wire may hold anything. */
export function decode(text: string): readonly VenueEvent[] {
  const frame = jsonOf(text)
  if (frame === undefined) return noJson(text)
  if (typeof frame !== 'object' || frame === null || !('ch' in frame))
    return [{ kind: 'malformed', reason: `no frame of the simulated market: ${text.slice(0, 40)}` }]
  return ignored
}
