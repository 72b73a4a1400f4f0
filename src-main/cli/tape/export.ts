import { mkdir } from 'node:fs/promises'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { exportTables } from '../../engine/tape/exchange/export-tape'
import type { TapeReader } from '../../engine/tape/tape-reader'
import { inWords } from '../../engine/tape/tape-writer'
import { venues } from '../../engine/venues/index'
import { complain } from '../complain'
import { exportLines } from './export-lines'
import { momentOf, tapeIn } from './folder'
import { Progress } from './progress'

interface Wish {
  readonly tape: TapeReader
  readonly from: number
  readonly to: number
  readonly instruments: ReadonlySet<string>
  readonly format: 'csv' | 'parquet' | 'jsonl'
  readonly out: string
}

/** `tape export <folder> --out <folder> [--format csv|parquet|jsonl] [--from t] [--to t] [--instruments a,b]`. */
export async function exportTape(args: string[]): Promise<number> {
  const wish = await wishOf(args)
  if (typeof wish === 'string') return complain(wish)
  const { tape, from, to, format, out } = wish
  const progress = new Progress()
  const told = (at: number, rows: number): boolean => {
    progress.tell((at - from) / (to - from), `${rows} rows`)
    return !progress.isCancelled
  }
  const damaged = (words: string) => process.stderr.write(`steelyard: ${words}\n`)
  try {
    await mkdir(out, { recursive: true })
    const parts = { tape, venues, wanted: wish, out, told, damaged }
    const done = format === 'jsonl' ? await exportLines(parts) : await exportTables({ ...parts, format })
    progress.end()
    if (done.isCancelled) return complain('cancelled; nothing was kept')
    for (const name of done.files) process.stdout.write(`${name}\n`)
    process.stderr.write(`${done.rows} rows in ${done.files.length} files\n`)
    return done.files.length === 0 ? 1 : 0
  } catch (error) {
    progress.end()
    process.stderr.write(`steelyard: ${out}: ${inWords(error)}\n`)
    return 1
  }
}

async function wishOf(args: string[]): Promise<Wish | string> {
  let parsed
  try {
    const text = { type: 'string' } as const
    const options = {
      from: text,
      to: text,
      out: text,
      instruments: text,
      format: { ...text, default: 'csv' }
    } as const
    parsed = parseArgs({ args, allowPositionals: true, options })
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  const { values, positionals } = parsed
  const { format, out } = values
  if (format !== 'csv' && format !== 'parquet' && format !== 'jsonl')
    return '--format is csv, parquet or jsonl'
  if (out === undefined) return 'where to? --out <folder>'
  const tape = await tapeIn(positionals[0])
  if (typeof tape === 'string') return tape
  if (tape.segments.length === 0) return `${positionals[0]!}: the tape is empty`
  const from = values.from === undefined ? tape.from : momentOf(values.from)
  const to = values.to === undefined ? tape.to + 60_000 : momentOf(values.to)
  if (Number.isNaN(from) || Number.isNaN(to))
    return 'times are written 2026-11-24T12:03:07Z, or as Unix milliseconds'
  if (from >= to) return 'it ends before it begins'
  const wanted = values.instruments?.split(',').filter(Boolean) ?? tape.instruments
  const unknown = wanted.find((id) => !tape.instruments.includes(id))
  if (unknown !== undefined)
    return `the tape holds nothing of ${unknown}; it holds ${tape.instruments.join(' ')}`
  return { tape, from, to, instruments: new Set(wanted), format, out }
}
