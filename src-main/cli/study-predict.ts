import { parseArgs } from 'node:util'
import type { InstrumentId, VenueId } from '../../src-shared/instrument'
import type { FeedListener } from '../engine/feed/listener'
import { TapeReader } from '../engine/tape/tape-reader'
import { meantOn } from '../study/capture/read-recording'
import type { Finding } from '../study/finding'
import { PeerMids } from '../study/predict/peer-mids'
import { reportWalk } from '../study/predict/report'
import type { Fees, Walk } from '../study/predict/study'
import { instrumentOf, judgedWalk, recordingWalk, walkCaptures, walkLobster } from '../study/predict/study'
import { isFolder } from './is-folder'
import { playFile } from './play-file'
import type { Study } from './study-answer'

/**
 * `study predict <file...> [--venue <id>] [--instrument <id>] [--beside <capture>] [--taker <bps>] [--maker <bps>]`: captures taken as one, the folder of a
 * tape, or a LOBSTER pair. `--beside`, as often as wanted: captures of the same coin elsewhere at that time; what they bring is told apart.
 */
export const predict: Study = {
  async run(args) {
    const wish = wishOf(args)
    if (typeof wish === 'string') return { ok: false, reason: wish }
    const found = await walk(wish)
    if (!found.ok) return found
    if (wish.beside.length === 0) return { ...found, report: reportWalk(found.figures) }
    const led = await walkBeside(wish)
    if (!led.ok) return led
    const figures = { ...led.figures, alone: found.figures.horizons }
    return { ok: true, figures, report: reportWalk(figures) }
  }
}

async function walk({ files, fees, venue, instrument }: Wish): Promise<Finding<Walk>> {
  const [first = '', second = ''] = files
  if (files.length === 2 && isMessages(first) && isBook(second)) return walkLobster(first, second, fees)
  if (await isFolder(first)) return walkTape(first, fees, instrument)
  return walkCaptures(files, fees, { venue, instrument })
}

async function walkTape(folder: string, fees: Fees, wanted?: InstrumentId): Promise<Finding<Walk>> {
  const meant = meantOn(await TapeReader.open(folder), folder, wanted)
  if (!meant.ok) return meant
  const walking = recordingWalk(meant.figures)
  const trouble = await playFile(folder, undefined, unhurried(walking))
  return trouble === undefined ? judgedWalk(walking, fees, folder) : { ok: false, reason: trouble }
}

async function walkBeside({ files, fees, venue, instrument, beside }: Wish): Promise<Finding<Walk>> {
  const own = await instrumentOf(files, venue, instrument)
  if (!own.ok) return own
  const mids = new PeerMids(own.figures)
  for (const file of beside) {
    const trouble = await playFile(file, undefined, unhurried(mids))
    if (trouble !== undefined) return { ok: false, reason: trouble }
  }
  const reason = `${beside.join(', ')}: nothing of ${own.figures.base} there`
  if (mids.count === 0) return { ok: false, reason }
  if (mids.isCut) return { ok: false, reason: `${beside.join(', ')}: too long to be heard beside another` }
  mids.sort()
  return walkCaptures(files, fees, { venue, instrument, beside: mids })
}

/** A listener that does nothing between the things that happen. */
function unhurried<T extends FeedListener>(listener: T): T & { until(): void } {
  return Object.assign(listener, { until: () => undefined })
}

const isMessages = (path: string): boolean => /_message_\d+\.csv(\.gz)?$/.test(path)
const isBook = (path: string): boolean => /_orderbook_\d+\.csv(\.gz)?$/.test(path)

interface Wish {
  readonly files: readonly string[]
  readonly fees: Fees
  readonly venue: VenueId | undefined
  readonly instrument: InstrumentId | undefined
  readonly beside: readonly string[]
}

function wishOf(args: string[]): Wish | string {
  try {
    const { values, positionals: files } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        venue: { type: 'string' },
        instrument: { type: 'string' },
        beside: { type: 'string', multiple: true, default: [] },
        taker: { type: 'string', default: '5' },
        maker: { type: 'string', default: '2' }
      }
    })
    if (files.length === 0) return 'which capture? study predict <file...>'
    const fees = { takerBps: Number(values.taker), makerBps: Number(values.maker) }
    const isSound = Object.values(fees).every((it) => Number.isFinite(it) && Math.abs(it) <= 1_000)
    if (!isSound) return '--taker and --maker are fees in bps'
    const { venue, instrument, beside } = values
    return { files, fees, venue, instrument, beside }
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
