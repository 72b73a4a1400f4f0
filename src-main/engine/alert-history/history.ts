import type { Alert } from '../../../src-shared/alert'
import type { AlertEntry, AlertEvidence, DeliveryResult } from '../../../src-shared/alerts/record'
import type { HistoryWish } from '../../../src-shared/alerts/state'
import { Entries } from './entries'
import { Journal } from './journal'
import type { HistoryRecord } from './record'

/** What is kept, at most. */
export const historyLimits = { entries: 10_000, ageMs: 90 * 86_400_000, bytes: 250_000_000 } as const

const mostUnsent = 500

/** What is seen at the trigger; what follows comes later. */
export type Seen = Omit<AlertEvidence, 'id' | 'after'>

export interface HistoryParts {
  readonly folder: string
  readonly now: () => number
  /** Something the user must read. */
  readonly tell: (fault: string) => void
  readonly onChange: (entry: AlertEntry) => void
  readonly limits?: { readonly entries: number; readonly ageMs: number; readonly bytes: number }
}

/** Every alert and what became of it, on the disk and in order. */
export class AlertHistory {
  readonly #parts: HistoryParts
  readonly #journal: Journal
  readonly #entries = new Entries()
  readonly #limits: NonNullable<HistoryParts['limits']>

  constructor(parts: HistoryParts) {
    this.#parts = parts
    this.#limits = parts.limits ?? historyLimits
    this.#journal = new Journal(parts.folder, parts.tell)
  }

  /** Reads what there is. What was told before a crash and not heard of again is called lost; a webhook's is `unsent`. */
  async open(): Promise<void> {
    await this.#journal.open((record, place) => this.#entries.take(record, place))
    for (const result of [...this.#entries.unheard()]) await this.#append({ k: 'result', result })
    await this.#keepLimits()
  }

  get fault(): string {
    return this.#journal.fault
  }
  get size(): number {
    return this.#entries.size
  }
  get bytes(): number {
    return this.#journal.bytes
  }

  /** Durable when it answers: nothing is told before that. */
  async fired(alert: Alert, seen: Seen | undefined): Promise<void> {
    await this.#append({ k: 'fired', alert })
    if (seen) void this.#append(...evidenceRecord(alert.episode, seen))
    await this.#keepLimits()
  }

  /** The intent to tell, durable when it answers. */
  async told(alert: Alert): Promise<void> {
    await this.#append({ k: 'told', alert, at: this.#parts.now() })
  }

  /** Something else that became known of an episode. */
  note(record: Exclude<HistoryRecord, { k: 'fired' | 'told' | 'evidence' }>, binary?: Uint8Array): void {
    void this.#append(record, binary)
  }

  delivered(result: DeliveryResult): void {
    void this.#append({ k: 'result', result })
  }

  /** After `open`: what goes out by webhook again, under the same key. The latest, as many as may wait. */
  get unsent(): readonly Alert[] {
    return [...this.#entries.unsent()].slice(-mostUnsent)
  }

  entry(episode: string): AlertEntry | undefined {
    return this.#entries.get(episode)
  }

  toldAt(ruleHash: string, instrument: string, side: Alert['side']): number | undefined {
    return this.#entries.toldAt(ruleHash, instrument, side)
  }

  list(wish: HistoryWish, most: number): ReturnType<Entries['list']> {
    return this.#entries.list(wish, most)
  }

  get all(): Iterable<AlertEntry> {
    return this.#entries.all()
  }

  async evidence(episode: string): Promise<AlertEvidence | undefined> {
    const places = this.#entries.places(episode)
    const seen = places?.evidence && (await this.#journal.binary(places.evidence))
    if (seen?.record.k !== 'evidence') return undefined
    const after = places?.after && (await this.#journal.binary(places.after))
    return {
      ...evidenceIn(seen.record, seen.binary),
      after: after ? floats(after.binary) : new Float32Array(0)
    }
  }

  async close(): Promise<void> {
    await this.#journal.close()
  }

  async #append(record: HistoryRecord, binary?: Uint8Array): Promise<void> {
    const place = await this.#journal.append(record, binary)
    const entry = this.#entries.take(record, place)
    if (entry) this.#parts.onChange(entry)
  }

  async #keepLimits(): Promise<void> {
    const { entries, ageMs, bytes } = this.#limits
    const oldest = this.#parts.now() - ageMs
    for (const segment of this.#journal.segments.slice(0, -1)) {
      const isOver = this.#entries.size > entries || this.#journal.bytes > bytes
      if (!isOver && this.#entries.newestIn(segment) >= oldest) break
      this.#entries.removeSegment(segment)
      await this.#journal.remove(segment)
    }
  }
}

function evidenceRecord(id: string, { bids, asks, figures, before }: Seen): [HistoryRecord, Uint8Array] {
  const binary = new Uint8Array(bids.byteLength + asks.byteLength + before.byteLength)
  binary.set(bytesOf(bids), 0)
  binary.set(bytesOf(asks), bids.byteLength)
  binary.set(bytesOf(before), bids.byteLength + asks.byteLength)
  return [{ k: 'evidence', id, figures, bids: bids.length, asks: asks.length }, binary]
}

function evidenceIn(
  { id, figures, bids, asks }: Extract<HistoryRecord, { k: 'evidence' }>,
  binary: Uint8Array
): Omit<AlertEvidence, 'after'> {
  const doubles = (from: number, count: number) =>
    new Float64Array(binary.slice(from, from + 8 * count).buffer)
  return {
    ...{ id, figures },
    bids: doubles(0, bids),
    asks: doubles(8 * bids, asks),
    before: floats(binary.slice(8 * (bids + asks)))
  }
}

export const bytesOf = ({ buffer, byteOffset, byteLength }: Float64Array | Float32Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength)
const floats = (bytes: Uint8Array): Float32Array => new Float32Array(bytes.slice().buffer)
