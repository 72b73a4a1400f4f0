import type { Reader, Reading, VenueEvent } from '../venues/venue'

const MOST_READINGS = 5
const MOST_REASONS = 100

/** Reads frames by a reader's two doors; what cannot be read is counted by its reason. Never throws. */
export class FrameReading {
  /** Frames refused, by reason. */
  readonly rejected = new Map<string, number>()
  /** Why the last reading was malformed. */
  reason = ''

  /** Reads again while grids are refined. */
  settled(read: () => Reading): Reading {
    try {
      for (let reading = 0; reading < MOST_READINGS; reading++) {
        const answer = read()
        if (answer === 'off-grid') continue
        if (answer === 'malformed') this.reject('malformed message')
        return answer
      }
      this.reject('a number too fine for its grid')
    } catch (error) {
      // A bug in a reader must cost this message and this book, not the link and every other book on it.
      this.reject(`could not be read: ${String(error)}`.slice(0, 160))
    }
    return 'malformed'
  }

  /** The ordinary door. */
  events(reader: Reader, { buffer, byteOffset, byteLength }: Uint8Array): readonly VenueEvent[] {
    const text = Buffer.from(buffer, byteOffset, byteLength).toString('utf8')
    try {
      return reader.decode(text)
    } catch (error) {
      return [{ kind: 'malformed', reason: `could not be read: ${String(error)}`.slice(0, 160) }]
    }
  }

  reject(reason: string): void {
    this.reason = reason
    const counted = this.rejected.has(reason) || this.rejected.size < MOST_REASONS ? reason : 'other'
    this.rejected.set(counted, (this.rejected.get(counted) ?? 0) + 1)
  }
}
