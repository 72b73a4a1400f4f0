import process from 'node:process'
import { parseArgs } from 'node:util'
import { bytes } from '../../../src-shared/format'
import { systemClock } from '../../engine/feed/clock'
import { filesIn } from '../../engine/tape/files'
import { tooMany } from '../../engine/tape/retention'
import { complain } from '../complain'
import { tapeIn } from './folder'

/** `tape trim <folder> [--days n] [--gb n] [--dry]`: removes the oldest files until the rest keeps to the limits; never the newest one. */
export async function trimTape(args: string[]): Promise<number> {
  let parsed
  try {
    const options = {
      days: { type: 'string' },
      gb: { type: 'string' },
      dry: { type: 'boolean', default: false }
    } as const
    parsed = parseArgs({ args, allowPositionals: true, options })
  } catch (error) {
    return complain(error instanceof Error ? error.message : String(error))
  }
  const { values, positionals } = parsed
  const [days, gigabytes] = [Number(values.days ?? Infinity), Number(values.gb ?? Infinity)]
  if (values.days === undefined && values.gb === undefined) return complain('to what? --days <n> or --gb <n>')
  if (!(days >= 0) || !(gigabytes >= 0)) return complain('--days and --gb want numbers from 0 on')
  const tape = await tapeIn(positionals[0])
  if (typeof tape === 'string') return complain(tape)
  const files = filesIn(positionals[0]!)
  const found = await files.list()
  const limits = { days, bytes: gigabytes * 2 ** 30 }
  // It may be being written.
  const newest = tape.segments.at(-1)?.name
  const gone = tooMany(found, limits, systemClock.now(), newest)
  const freed = found.filter(({ name }) => gone.includes(name)).reduce((sum, it) => sum + it.bytes, 0)
  try {
    if (!values.dry) for (const name of gone) await files.remove(name)
  } catch (error) {
    process.stderr.write(`steelyard: ${error instanceof Error ? error.message : String(error)}\n`)
    return 1
  }
  process.stdout.write(
    `${gone.length} files, ${bytes(freed)} ${values.dry ? 'would be removed' : 'removed'}\n`
  )
  return 0
}
