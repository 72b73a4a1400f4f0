import process from 'node:process'
import { parseArgs } from 'node:util'
import { metrics } from '../engine/metrics/index'
import { Replay } from '../engine/tape/replay'
import { venues } from '../engine/venues/index'
import type { Venue } from '../engine/venues/venue'
import { complain } from './complain'
import { nobody } from '../engine/feed/nobody'
import { playFile } from './play-file'
import { replayPath } from './tape/replay-folder'
import type { Format } from './output'
import { Output } from './output'
import { Rows } from './rows'

interface Wish {
  readonly file: string
  /** Undefined where the file is to tell. */
  readonly venue: Venue | undefined
  readonly isSummary: boolean
  readonly everyMs: number
  readonly metrics: readonly string[]
  readonly format: Format
  readonly out: string | undefined
}

/** `replay <file> [--venue <id>] [--summary]`; a tape's folder tells its venues itself. Exit code 2 for a wrong question and for a missing, cut off or foreign file. */
export async function replay(args: string[]): Promise<number> {
  const wish = wishOf(args)
  if (typeof wish === 'string') return complain(wish)
  const { isSummary, file, venue } = wish
  return isSummary && venue ? summarise(file, venue) : tabulate(wish)
}

async function summarise(file: string, venue: Venue): Promise<number> {
  const tape = new Replay(venue, nobody)
  const end = await replayPath(file, venue.spec.id, tape, (frame) => {
    tape.take(frame)
  })
  if (!end.ok) return complain(end.reason)
  if (!tape.isRecognised) return complain(foreign(file, venue))
  process.stdout.write(JSON.stringify(tape.summary()) + '\n')
  return 0
}

async function tabulate(wish: Wish): Promise<number> {
  const output = Output.open(wish.out)
  const rows = new Rows(wish, (line) => {
    output.write(line)
  })
  const wrong = wish.venue
    ? await playVenue(wish.file, wish.venue, rows)
    : await playFile(wish.file, undefined, rows)
  const trouble = await output.close()
  return wrong === undefined && trouble === undefined ? 0 : complain(wrong ?? trouble ?? '')
}

async function playVenue(file: string, venue: Venue, rows: Rows): Promise<string | undefined> {
  const tape = new Replay(venue, rows)
  const end = await replayPath(file, venue.spec.id, tape, (frame) => {
    rows.until(frame.at)
    tape.take(frame)
  })
  if (!end.ok) return end.reason
  return tape.isRecognised ? undefined : foreign(file, venue)
}

const foreign = (file: string, { spec }: Venue): string =>
  `${file}: holds no message that ${spec.title} would send; is it another venue's?`

function wishOf(args: string[]): Wish | string {
  let parsed
  try {
    parsed = parseArgs({
      args,
      allowPositionals: true,
      options: {
        venue: { type: 'string' },
        summary: { type: 'boolean', default: false },
        every: { type: 'string', default: '1' },
        metrics: { type: 'string', default: '' },
        format: { type: 'string', default: 'csv' },
        out: { type: 'string' }
      }
    })
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  const { values, positionals } = parsed
  const [file, ...others] = positionals
  const venue = venues.find((it) => it.spec.id === values.venue)
  const everyMs = Number(values.every) * 1_000
  const wanted = values.metrics.split(',').filter(Boolean)
  const unknown = wanted.find((id) => !metrics.some((it) => it.spec.id === id))
  const known = (ids: readonly string[]) => ids.join(', ')
  if (file === undefined) return 'which file? replay <file> --venue <id>'
  if (others.length > 0) return `one file at a time, not also ${others.join(' ')}`
  if (!venue && (values.venue !== undefined || values.summary))
    return `which venue? --venue is one of ${known(venues.map((it) => it.spec.id))}`
  if (!(everyMs >= 1 && everyMs <= 86_400_000)) return '--every wants seconds between 0.001 and 86400'
  if (unknown !== undefined)
    return `no metric "${unknown}"; there are ${known(metrics.map((it) => it.spec.id))}`
  if (values.format !== 'csv' && values.format !== 'ndjson') return '--format is csv or ndjson'
  const { summary: isSummary, format, out } = values
  return { file, venue, isSummary, everyMs, metrics: wanted, format, out }
}
