import process from 'node:process'
import { parseArgs } from 'node:util'
import { complain } from '../complain'
import { tapeIn } from './folder'
import { Progress } from './progress'

/** `tape verify <folder>`: reads every block and holds it against its checksum. Exit code 1 when any is damaged. Changes nothing. */
export async function verify(args: string[]): Promise<number> {
  let parsed
  try {
    parsed = parseArgs({ args, allowPositionals: true, options: {} })
  } catch (error) {
    return complain(error instanceof Error ? error.message : String(error))
  }
  const tape = await tapeIn(parsed.positionals[0])
  if (typeof tape === 'string') return complain(tape)
  const damaged = [...tape.troubles]
  const progress = new Progress()
  let frames = 0
  let records = 0
  for await (const block of tape.blocks(-Infinity, Infinity, (words) => damaged.push(words))) {
    records += block.length
    frames += block.filter(({ kind }) => kind === 'rx' || kind === 'tx' || kind === 'http').length
    const at = block.at(-1)?.at ?? tape.from
    progress.tell((at - tape.from) / (tape.to - tape.from), `${frames} frames`)
    if (progress.isCancelled) break
  }
  progress.end()
  if (progress.isCancelled) return complain('cancelled; what was read is not all')
  const torn = tape.segments.reduce((sum, it) => sum + it.torn, 0)
  for (const words of damaged) process.stdout.write(`damaged: ${words}\n`)
  if (torn > 0) process.stdout.write(`torn: ${torn} bytes of a recorder that was killed or still writes\n`)
  process.stdout.write(
    `${tape.segments.length} files, ${records} records, ${frames} frames: ${damaged.length === 0 ? 'all right' : `${damaged.length} damaged`}\n`
  )
  return damaged.length === 0 ? 0 : 1
}
