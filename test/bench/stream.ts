import type { Venue } from '../../src-main/engine/venues/venue'

/** Book messages of one instrument as they came off the socket, with the snapshot that they join. */
export interface Stream {
  readonly name: string
  readonly venue: Venue
  readonly symbol: string
  readonly snapshot: Buffer
  readonly diffs: readonly Buffer[]
}
