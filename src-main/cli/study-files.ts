import { parseArgs } from 'node:util'
import { reportBars } from '../study/bars/report'
import { studyBars } from '../study/bars/study'
import { reportLobster } from '../study/lobster/report'
import { studyLobster } from '../study/lobster/study'
import { reportOrders } from '../study/orders/report'
import { studyOrders } from '../study/orders/study'
import type { Study } from './study-answer'

/** `study lobster <message.csv[.gz]> <orderbook.csv[.gz]>`: one day of one stock. */
export const lobster: Study = {
  async run(args) {
    const files = filesOf(args, ['message.csv[.gz]', 'orderbook.csv[.gz]'])
    if (typeof files === 'string') return { ok: false, reason: `study lobster ${files}` }
    const found = await studyLobster(files[0]!, files[1]!)
    return found.ok ? { ...found, report: reportLobster(found.figures) } : found
  }
}

/** `study orders <bitstamp csv[.gz]>`: what became of every order. */
export const orders: Study = {
  async run(args) {
    const files = filesOf(args, ['bitstamp csv[.gz]'])
    if (typeof files === 'string') return { ok: false, reason: `study orders ${files}` }
    const found = await studyOrders(files[0]!)
    return found.ok ? { ...found, report: reportOrders(found.figures) } : found
  }
}

/** `study bars <bars csv[.gz]>`: volatility, trend and loss of one-minute bars. */
export const bars: Study = {
  async run(args) {
    const files = filesOf(args, ['bars csv[.gz]'])
    if (typeof files === 'string') return { ok: false, reason: `study bars ${files}` }
    const found = await studyBars(files[0]!)
    return found.ok ? { ...found, report: reportBars(found.figures) } : found
  }
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
