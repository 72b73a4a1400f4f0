import { parseArgs } from 'node:util'
import { readLine } from '../engine/tape/line'
import { readLines } from '../engine/tape/lines'
import { TapeReader } from '../engine/tape/tape-reader'
import { reportBars } from '../study/bars/report'
import { studyBars } from '../study/bars/study'
import { reportLobster } from '../study/lobster/report'
import { studyLobster } from '../study/lobster/study'
import { reportOrders } from '../study/orders/report'
import { studyOrders } from '../study/orders/study'
import { isFolder } from './is-folder'
import type { Study, StudyAnswer } from './study-answer'

type Refusal = Extract<StudyAnswer, { readonly ok: false }>

/** `study lobster <message.csv[.gz]> <orderbook.csv[.gz]>`: one day of one stock. */
export const lobster: Study = {
  async run(args) {
    const files = filesOf(args, ['message.csv[.gz]', 'orderbook.csv[.gz]'])
    if (typeof files === 'string') return { ok: false, reason: `study lobster ${files}` }
    const found = await studyLobster(files[0]!, files[1]!)
    return found.ok
      ? { ...found, report: reportLobster(found.figures) }
      : explained(found, files, notOfOrders)
  }
}

/** `study orders <bitstamp csv[.gz]>`: what became of every order. */
export const orders: Study = {
  async run(args) {
    const files = filesOf(args, ['bitstamp csv[.gz]'])
    if (typeof files === 'string') return { ok: false, reason: `study orders ${files}` }
    const found = await studyOrders(files[0]!)
    return found.ok ? { ...found, report: reportOrders(found.figures) } : explained(found, files, notOfOrders)
  }
}

/** `study bars <bars csv[.gz]>`: volatility, trend and loss of one-minute bars. */
export const bars: Study = {
  async run(args) {
    const files = filesOf(args, ['bars csv[.gz]'])
    if (typeof files === 'string') return { ok: false, reason: `study bars ${files}` }
    const found = await studyBars(files[0]!)
    return found.ok ? { ...found, report: reportBars(found.figures) } : explained(found, files, notOfBars)
  }
}

/** Why a capture or a tape is refused. */
const notOfOrders =
  'a recording holds price levels and trades, as venues tell them, and this study follows single orders by their numbers; study microstructure measures it'
const notOfBars =
  'a recording holds quotes and trades, and this study is of whole days in one-minute bars; study microstructure measures it'

/** Of a recording its columns are not what is wrong: it is told why it does not apply. */
async function explained(refused: Refusal, files: readonly string[], why: string): Promise<Refusal> {
  for (const file of files) if (await isRecording(file)) return { ok: false, reason: `${file}: ${why}` }
  return refused
}

/** The folder of a tape, or a file that begins as a capture does. */
async function isRecording(path: string): Promise<boolean> {
  if (await isFolder(path)) return (await TapeReader.open(path)).segments.length > 0
  let isCapture = false
  await readLines(path, (line) => {
    isCapture = readLine(line) !== undefined
    return 'one line tells'
  })
  return isCapture
}

/** Exactly the files a study wants, or in words what it wants. */
function filesOf(args: string[], wanted: readonly string[]): readonly string[] | string {
  try {
    const { positionals } = parseArgs({ args, allowPositionals: true, options: {} })
    if (positionals.length === wanted.length) return positionals
    const given = positionals.length === 1 ? '1 file' : `${positionals.length} files`
    return `wants ${wanted.map((it) => `<${it}>`).join(' ')}, not ${given}`
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
