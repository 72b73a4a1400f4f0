import { parseArgs } from 'node:util'
import { reportWalk } from '../study/predict/report'
import type { Fees } from '../study/predict/study'
import { walkCaptures, walkLobster } from '../study/predict/study'
import type { Study } from './study-answer'

/** `study predict <file...> [--venue <id>] [--taker <bps>] [--maker <bps>]`: captures taken as one, or a LOBSTER pair. */
export const predict: Study = {
  async run(args) {
    const wish = wishOf(args)
    if (typeof wish === 'string') return { ok: false, reason: wish }
    const { files, fees, venue } = wish
    const [first, second] = files
    const isPair = files.length === 2 && isMessages(first!) && isBook(second!)
    const found = isPair ? await walkLobster(first!, second!, fees) : await walkCaptures(files, fees, venue)
    return found.ok ? { ...found, report: reportWalk(found.figures) } : found
  }
}

const isMessages = (path: string): boolean => /_message_\d+\.csv(\.gz)?$/.test(path)
const isBook = (path: string): boolean => /_orderbook_\d+\.csv(\.gz)?$/.test(path)

interface Wish {
  readonly files: readonly string[]
  readonly fees: Fees
  readonly venue: string | undefined
}

function wishOf(args: string[]): Wish | string {
  try {
    const { values, positionals: files } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        venue: { type: 'string' },
        taker: { type: 'string', default: '5' },
        maker: { type: 'string', default: '2' }
      }
    })
    if (files.length === 0) return 'which capture? study predict <file...>'
    const fees = { takerBps: Number(values.taker), makerBps: Number(values.maker) }
    const isSound = Object.values(fees).every((it) => Number.isFinite(it) && Math.abs(it) <= 1_000)
    return isSound ? { files, fees, venue: values.venue } : '--taker and --maker are fees in bps'
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
