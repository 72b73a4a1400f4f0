import process from 'node:process'
import { parseArgs } from 'node:util'
import { bytes, date, span } from '../../../src-shared/format'
import { millis } from '../../../src-shared/units'
import type { SegmentInfo } from '../../engine/tape/tape-reader'
import { complain } from '../complain'
import { tapeIn } from './folder'

/** `tape list <folder> [--json]`: what each file of a tape holds. */
export async function list(args: string[]): Promise<number> {
  let parsed
  try {
    parsed = parseArgs({
      args,
      allowPositionals: true,
      options: { json: { type: 'boolean', default: false } }
    })
  } catch (error) {
    return complain(error instanceof Error ? error.message : String(error))
  }
  const { values, positionals } = parsed
  const tape = await tapeIn(positionals[0])
  if (typeof tape === 'string') return complain(tape)
  for (const words of tape.troubles) process.stderr.write(`steelyard: ${words}\n`)
  if (values.json) {
    process.stdout.write(JSON.stringify(tape.segments.map(shown)) + '\n')
    return 0
  }
  if (tape.segments.length === 0) process.stdout.write('The tape is empty.\n')
  for (const segment of tape.segments) process.stdout.write(`${lineOf(segment)}\n`)
  if (tape.segments.length > 0) process.stdout.write(`${tape.instruments.join(' ')}\n`)
  return 0
}

const shown = ({ name, from, to, frames, dropped, instruments, isClosed, torn, ...rest }: SegmentInfo) => ({
  ...{ name, bytes: rest.bytes, from: new Date(from).toISOString(), to: new Date(to).toISOString() },
  ...{ frames, dropped, keyframes: rest.keyframes.length, instruments, closed: isClosed, torn }
})

function lineOf({ name, from, to, frames, dropped, isClosed, torn, ...rest }: SegmentInfo): string {
  const parts = [
    name.padEnd(24),
    `${date(millis(from))} UTC`,
    span(to - from).padStart(6),
    bytes(rest.bytes).padStart(8),
    Number.isFinite(frames) ? `${frames} frames` : 'not closed',
    ...(dropped > 0 ? [`${dropped} dropped`] : []),
    ...(torn > 0 ? [`${torn} bytes torn`] : [])
  ]
  return (
    parts.join('  ') +
    (isClosed || Number.isFinite(frames) ? '' : ' (being written, or its recorder was killed)')
  )
}
