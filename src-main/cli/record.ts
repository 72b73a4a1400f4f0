import process from 'node:process'
import { parseArgs } from 'node:util'
import type { InstrumentId } from '../../src-shared/instrument'
import { venueOf } from '../../src-shared/instrument'
import { systemClock } from '../engine/feed/clock'
import { httpGet } from '../engine/feed/http-get'
import { SimulatedTransport, simulationOf } from '../engine/feed/simulated-transport'
import { webSocketTransport } from '../engine/feed/web-socket-transport'
import { defaultSettings } from '../../src-shared/settings'
import { complain } from './complain'
import { whatIsWrong } from './instruments'
import { recordFeed } from './record-feed'
import { recordTape } from './record-tape'
import { stopped } from './stopped'

interface Wish {
  readonly ids: readonly InstrumentId[]
  /** A capture, or the folder of a tape. */
  readonly to: { readonly file: string } | { readonly tape: string }
  /** Until Ctrl+C where it is not finite. */
  readonly forMs: number
}

/** `record <instrument...> --out <file> | --tape <folder> [--for <seconds>]`. Exit code 1 when nothing came or the file could not be written. */
export async function record(args: string[]): Promise<number> {
  const wish = wishOf(args)
  if (typeof wish === 'string') return complain(wish)
  const simulated = new SimulatedTransport(systemClock, () => simulationOf(defaultSettings))
  const parts = {
    ids: wish.ids,
    settings: defaultSettings,
    transports: [webSocketTransport, simulated],
    http: httpGet,
    clock: systemClock,
    chance: () => Math.random(),
    say: (words: string) => process.stderr.write(`${words}\n`),
    until: Promise.race([stopped(), passed(wish.forMs)])
  }
  const { to } = wish
  const end =
    'tape' in to
      ? await recordTape({ ...parts, folder: to.tape })
      : await recordFeed({ ...parts, path: to.file })
  if (!end.ok) {
    process.stderr.write(`steelyard: ${end.reason}\n`)
    return 1
  }
  const summaries = 'summaries' in end ? end.summaries : [end.summary]
  for (const summary of summaries) process.stdout.write(JSON.stringify(summary) + '\n')
  return 0
}

function passed(ms: number): Promise<void> {
  return new Promise((resolve) => {
    // An unending wait plans nothing, so that it keeps no process alive.
    if (Number.isFinite(ms)) setTimeout(resolve, ms).unref()
  })
}

function wishOf(args: string[]): Wish | string {
  let parsed
  try {
    parsed = parseArgs({
      args,
      allowPositionals: true,
      options: { out: { type: 'string' }, tape: { type: 'string' }, for: { type: 'string' } }
    })
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  const { values, positionals: ids } = parsed
  const venues = new Set(ids.map(venueOf))
  const wrong = whatIsWrong(ids)
  const seconds = values.for === undefined ? Infinity : Number(values.for)
  if (ids.length === 0) return 'which instruments? record <instrument...> --out <file>'
  if (wrong !== undefined) return wrong
  const { out, tape } = values
  if (out !== undefined && tape !== undefined) return 'a file or a tape? --out and --tape are two things'
  if (!(seconds > 0)) return '--for wants seconds above 0'
  if (tape !== undefined) return { ids, to: { tape }, forMs: seconds * 1_000 }
  if (venues.size > 1)
    return `one venue a capture, not ${[...venues].join(' and ')}: a replay reads all of it as one venue's; --tape takes several`
  if (out === undefined)
    return 'which file? --out <file>, packed when its name ends in .gz; or --tape <folder>'
  return { ids, to: { file: out }, forMs: seconds * 1_000 }
}
