import type { VenueEvent } from '../venues/venue'
import type { FeedLane } from './lane'

/** What the intake cannot do itself, because it has no link: a tape ignores it. */
export interface IntakeEvents {
  /** A message of the stream came, of any kind; `isBook`: a change of its book or a whole one. */
  heard(lane: FeedLane, isBook: boolean): void
  /** The book is void or too old: ask for a snapshot, once. */
  needsSnapshot(lane: FeedLane): void
  /** A change that the venue stamped so (unix ms, NaN where it tells no time) is about to be judged. A snapshot may bear the time of a change long ago. */
  timed(at: number, before: number): void
  /** A trade came that the venue stamped `at`, unix ms; the latest of its instrument before it was of `before`. */
  traded(at: number, before: number): void
  /** Reference figures came. */
  referred(lane: FeedLane): void
  /** A snapshot was committed and what waited for it was replayed. */
  tookSnapshot(lane: FeedLane): void
  /** The stream of a book that was not followed goes on: true where what it lost before that would never be told. */
  wentOn(lane: FeedLane): boolean
  /** A diff was committed. */
  advanced(lane: FeedLane): void
  /** A fresh snapshot in the stream, the venue's own quote after a long silence or its word that nothing changed shows the book as it stood: it is merely quiet. */
  confirmed(lane: FeedLane, by: 'snapshot' | 'quote' | 'keepalive'): void
  /** A message came that the book already has: unless it was asked for no proof of life, and perhaps of its opposite. */
  repeated(lane: FeedLane): void
  /** Messages of the line at hand were missed, how many NaN where unknown: every book on it is doubtful. */
  missed(missed: number): void
  /** A message of the line at hand could not be read and names no book, where chains tell of losses: with the next message, which may be long in coming. */
  garbled(): void
  /** Everything the venue says apart from books and trades; `malformed` has been counted already. */
  said(event: VenueEvent): void
}
