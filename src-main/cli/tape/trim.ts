import process from 'node:process'
import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import { bytes, date } from '../../../src-shared/format'
import { millis } from '../../../src-shared/units'
import { systemClock } from '../../engine/feed/clock'
import { filesIn } from '../../engine/tape/files'
import { tooMany } from '../../engine/tape/retention'
import type { SegmentInfo } from '../../engine/tape/tape-reader'
import { complain } from '../complain'
import { tapeIn } from './folder'

/** The user's answer to a question; undefined where nobody is there to answer. */
export type Ask = (question: string) => Promise<string | undefined>

/**
 * `tape trim <folder> [--days n] [--gb n] [--dry] [--yes]`: removes the oldest files until the rest keeps to the limits; never the newest one. What would be
 * lost is said first, and asked about unless `--yes` answers.
 */
export async function trimTape(args: string[], ask: Ask = askTerminal): Promise<number> {
  const wish = wishOf(args)
  if (typeof wish === 'string') return complain(wish)
  const tape = await tapeIn(wish.folder)
  if (typeof tape === 'string') return complain(tape)
  const files = filesIn(wish.folder!)
  const found = await files.list()
  // It may be being written.
  const newest = tape.segments.at(-1)?.name
  const gone = tooMany(found, wish.limits, systemClock.now(), newest)
  const freed = found.filter(({ name }) => gone.includes(name)).reduce((sum, it) => sum + it.bytes, 0)
  const lost = lossOf(tape.segments.filter(({ name }) => gone.includes(name)))
  if (gone.length === 0 || wish.dry) {
    process.stdout.write(`${gone.length} files, ${bytes(freed)} would be removed${lost}\n`)
    return 0
  }
  if (!wish.yes) {
    const answer = await ask(
      `Remove ${gone.length} files, ${bytes(freed)}${lost}? It cannot be had again. [y/N] `
    )
    if (answer === undefined)
      return complain(`${gone.length} files would go${lost}: say --yes, or --dry to look`)
    if (!/^y(es)?$/i.test(answer.trim())) return complain('nothing was removed')
  }
  try {
    for (const name of gone) await files.remove(name)
  } catch (error) {
    process.stderr.write(`steelyard: ${error instanceof Error ? error.message : String(error)}\n`)
    return 1
  }
  process.stdout.write(`${gone.length} files, ${bytes(freed)} removed${lost}\n`)
  return 0
}

/** From when to when, and of what. */
function lossOf(segments: readonly SegmentInfo[]): string {
  if (segments.length === 0) return ''
  const from = Math.min(...segments.map((it) => it.from))
  const to = Math.max(...segments.map((it) => it.to))
  const ids = [...new Set(segments.flatMap(({ instruments }) => instruments))].sort()
  const named = ids.length > 6 ? `${ids.length} instruments` : ids.join(' ')
  return `: ${date(millis(from))} to ${date(millis(to))} UTC of ${named}`
}

async function askTerminal(question: string): Promise<string | undefined> {
  if (!process.stdin.isTTY) return undefined
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return await terminal.question(question)
  } finally {
    terminal.close()
  }
}

interface Wish {
  readonly folder: string | undefined
  readonly limits: { readonly days: number; readonly bytes: number }
  readonly dry: boolean
  readonly yes: boolean
}

function wishOf(args: string[]): Wish | string {
  const text = { type: 'string' } as const
  const flag = { type: 'boolean', default: false } as const
  try {
    const options = { days: text, gb: text, dry: flag, yes: flag }
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options })
    const { dry, yes } = values
    const [days, gigabytes] = [Number(values.days ?? Infinity), Number(values.gb ?? Infinity)]
    if (values.days === undefined && values.gb === undefined) return 'to what? --days <n> or --gb <n>'
    if (!(days >= 0) || !(gigabytes >= 0)) return '--days and --gb want numbers from 0 on'
    return { folder: positionals[0], limits: { days, bytes: gigabytes * 2 ** 30 }, dry, yes }
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
