import { mkdir, mkdtemp, readdir, rename, rm, rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import { venueOf } from '../../../../src-shared/instrument'
import type { Millis } from '../../../../src-shared/units'
import { millis } from '../../../../src-shared/units'
import type { Clock } from '../../feed/clock'
import type { Venue } from '../../venues/venue'
import { filesIn } from '../files'
import { KeyframePace } from '../keyframe-pace'
import { Recorder } from '../recorder'
import type { StreamSpec } from '../segment/segment-file'
import { importedName } from '../segment-name'
import type { UniformEvent } from '../uniform/event'
import { msOf } from '../uniform/event'
import { uniformScheme } from '../uniform/uniform-venue'
import { ImportBooks } from './import-books'

/** Blocks of an imported tape hold at most this much of its time, or so many frames. */
const blockMs = 1_000
const blockFrames = 2_000

/**
 * Writes what comes from elsewhere on a tape, at the times it has there, with its instruments and keyframes. It waits for the disk: nothing is dropped. It is
 * written aside and comes into its folder whole, or not at all.
 */
export class TapeImport {
  readonly #folder: string
  /** Where it is written until it is whole. */
  #aside: string | undefined
  readonly #books: ImportBooks
  readonly #clock = new ImportClock()
  /** Made with the first frame: a tape begins when that was heard. */
  #recorder: Recorder | undefined
  #pace: KeyframePace | undefined
  #blockAt = NaN
  #inBlock = 0
  frames = 0

  constructor(folder: string, venues: readonly Venue[]) {
    this.#folder = folder
    this.#books = new ImportBooks(venues, (instrument) => {
      this.#recorder?.name(instrument.id)
      this.#recorder?.note('instrument', 0, instrument)
    })
  }

  /** A uniform event, told by the file `source`. */
  async event(event: UniformEvent, source: string): Promise<void> {
    const stream = { venue: venueOf(event.i), leg: 'import', url: `${uniformScheme}${source}` }
    await this.frame('rx', stream, Buffer.from(JSON.stringify(event)), millis(msOf(event.t)))
  }

  /** A frame as it was heard; one that is earlier than the one before begins a block of its own. `url` of an opened line, and of a request. */
  async frame(
    kind: 'rx' | 'tx' | 'http' | 'open',
    stream: StreamSpec,
    bytes: Uint8Array,
    at: Millis,
    url?: string
  ): Promise<void> {
    const isFull = this.#inBlock >= blockFrames || at - this.#blockAt > blockMs || at < this.#clock.at
    if (isFull) await this.#flush()
    if (Number.isNaN(this.#blockAt)) this.#blockAt = at
    this.#clock.at = at
    this.#inBlock++
    this.frames++
    const recorder = (this.#recorder ??= await this.#begin())
    const number = recorder.stream(stream)
    if (kind === 'open') recorder.note('open', number, { url })
    else if (kind === 'http')
      recorder.frame(kind, number, Buffer.concat([Buffer.from(`${url ?? ''}\n`), bytes]))
    else recorder.frame(kind, number, bytes)
    this.#books.take(stream, number, { kind, at, bytes, ...(url !== undefined && { url }) })
  }

  /** All is on disk, in its folder, when this answers; in words when it is not, and then nothing of it is there. */
  async finish(): Promise<string> {
    await this.#recorder?.stop()
    const wrong = this.#recorder?.state.reason ?? ''
    if (wrong !== '' || this.#aside === undefined) {
      await this.abandon()
      return wrong
    }
    const aside = this.#aside
    const names = await readdir(aside)
    const there = new Set(await readdir(this.#folder))
    const known = names.find((name) => there.has(importedName(name)))
    if (known === undefined)
      for (const name of names) await rename(join(aside, name), join(this.#folder, importedName(name)))
    await this.abandon()
    return known === undefined ? '' : `${importedName(known)} is there already: was this imported before?`
  }

  /** Nothing is left of it. */
  async abandon(): Promise<void> {
    const aside = this.#aside
    this.#aside = undefined
    await this.#recorder?.stop()
    this.#recorder = undefined
    if (aside === undefined) return
    await rm(aside, { recursive: true })
    // A folder that was made for it goes with it; one that holds something stays.
    await rmdir(this.#folder).catch(() => undefined)
  }

  async #flush(): Promise<void> {
    this.#blockAt = NaN
    this.#inBlock = 0
    const recorder = this.#recorder
    const mono = this.#clock.mono()
    if (recorder && this.#pace?.isDue(mono, recorder))
      this.#pace.wrote(mono, recorder, recorder.keyframe(this.#books.state()))
    await recorder?.flush()
    const { state = '', reason = '' } = recorder?.state ?? {}
    if (state === 'trouble') throw new Error(reason)
  }

  async #begin(): Promise<Recorder> {
    this.#pace = new KeyframePace(this.#clock.mono())
    await mkdir(this.#folder, { recursive: true })
    this.#aside = await mkdtemp(join(this.#folder, 'importing-'))
    return new Recorder({
      ...{ files: filesIn(this.#aside), clock: this.#clock },
      limits: { bytes: Infinity, days: Infinity },
      onState: () => undefined
    })
  }
}

/** Time as the file tells it; nothing is planned, the import itself says when to write. */
class ImportClock implements Clock {
  at: Millis = millis(0)
  now(): Millis {
    return this.at
  }
  mono(): number {
    return this.at
  }
  after(): () => void {
    return () => undefined
  }
  every(): () => void {
    return () => undefined
  }
}
