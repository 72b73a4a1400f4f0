import type { Lane, Venue } from '../../../src-main/engine/venues/venue'
import type { Dialect } from './dialect'

/** The venue, but its snapshots end after so many levels a side. */
function cut(venue: Venue, levels: number): Venue {
  const { snapshot } = venue
  if (snapshot.kind !== 'rest') throw new Error('no snapshots of its own')
  const read = (bytes: Uint8Array, { instrument, changes, refine }: Lane) => {
    const lane = { instrument, changes, refine } as Lane
    const reading = snapshot.read(bytes, lane)
    for (const side of ['bids', 'asks'] as const) changes[side].count = Math.min(levels, changes[side].count)
    changes.complete = false
    return reading
  }
  return { ...venue, snapshot: { ...snapshot, read } }
}

/** Its snapshots end after so many levels a side. Only the touch is held against the venue's: deeper levels may be unknown. */
export const cutting = (dialect: Dialect, levels: number): Dialect => ({
  ...dialect,
  venue: cut(dialect.venue, levels),
  proven: 1
})
