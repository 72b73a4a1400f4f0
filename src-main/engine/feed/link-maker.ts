import type { Endpoints, Leg, Venue } from '../venues/venue'
import type { Ticket } from './addresses'
import { Backoff } from './backoff'
import { Budget } from './budget'
import type { Clock } from './clock'
import { Door } from './door'
import type { LinkParts } from './link'
import { Link } from './link'
import { schemeOf } from './requester'
import type { Rest } from './rest'
import { RotationPace } from './rotation-pace'
import type { Transport } from './transport'

const FIVE_MINUTES_MS = 300_000
/** The longest wait between two connections, where the venue has one kind of socket, and for each of several: they share what it is asked to bear. */
const MOST_WAIT_MS = 30_000
const MOST_WAIT_SHARED_MS = 40_000
/** The same for lines that are to take another's place, which is still heard. */
const MOST_WAIT_ROTATION_MS = 60_000

export type LinkEvents = Pick<
  LinkParts,
  | 'onFrame'
  | 'onInherit'
  | 'onLate'
  | 'onSkewed'
  | 'onSilent'
  | 'onAnswer'
  | 'onSubscribed'
  | 'onDown'
  | 'onBomb'
  | 'onConnecting'
>

export interface LinkMakerParts {
  readonly venue: Venue
  readonly transports: readonly Transport[]
  readonly clock: Clock
  readonly chance: () => number
  readonly endpoints: Endpoints
  readonly rest: Rest
  readonly events: LinkEvents
}

/** Makes a venue's links, and holds what they share: new sockets in five minutes, and for each kind one door and one pace of taking over. */
export class LinkMaker {
  readonly #parts: LinkMakerParts
  readonly #connects: Budget
  readonly #doors: ReadonlyMap<string, Door>
  readonly #rotations: ReadonlyMap<string, RotationPace>

  constructor(parts: LinkMakerParts) {
    const { legs, limits } = parts.venue
    this.#parts = parts
    this.#connects = new Budget(limits.connectsPerFiveMinutes / 2, FIVE_MINUTES_MS)
    const mostMs = legs.length > 1 ? MOST_WAIT_SHARED_MS * legs.length : MOST_WAIT_MS
    const soonestMs = () => this.#connects.waitMs(1, parts.clock.mono())
    const door = () => new Door(parts.clock, new Backoff(parts.chance, mostMs), soonestMs)
    this.#doors = new Map(legs.map(({ id }) => [id, door()]))
    const pace = () => new RotationPace(new Backoff(parts.chance, MOST_WAIT_ROTATION_MS))
    this.#rotations = new Map(legs.map(({ id }) => [id, pace()]))
  }

  make(leg: Leg): Link {
    const { venue, clock, chance, transports, endpoints, events } = this.#parts
    return new Link({
      ...events,
      ...{ venue, leg, clock, chance, connects: this.#connects, door: this.#doors.get(leg.id)! },
      rotations: this.#rotations.get(leg.id)!,
      urls: [leg.url(endpoints), ...(leg.fallbacks?.(endpoints) ?? [])],
      transport: (url) => transports.find(({ schemes }) => schemes.includes(schemeOf(url))),
      ticket: leg.ticket && ((answered) => this.#ticket(leg, answered))
    })
  }

  #ticket(leg: Leg, answered: (ticket: Ticket) => void): () => void {
    const { ticket } = leg
    if (!ticket) return () => undefined
    const { rest, endpoints } = this.#parts
    return rest.get({
      ...ticket.request(endpoints),
      rank: () => -1,
      answered: (answer) => {
        answered(answer.ok ? ticket.read(Buffer.from(answer.bytes).toString('utf8')) : answer)
      }
    })
  }
}
