import process from 'node:process'
import { parseArgs } from 'node:util'
import type { Source } from '../../engine/tape/exchange/import-files'
import { lineSource, lobsterSource, merged, tardisSource } from '../../engine/tape/exchange/import-files'
import { TapeImport } from '../../engine/tape/exchange/tape-import'
import { inWords } from '../../engine/tape/tape-writer'
import { venues } from '../../engine/venues/index'
import { complain } from '../complain'
import { Progress } from './progress'

type Open = () => Promise<Source>

/** `tape import <file...> --as tardis|lobster|lines --out <folder> [--venue id]`: what others recorded, as a tape that replays. */
export async function importTape(args: string[]): Promise<number> {
  const wish = wishOf(args)
  if (typeof wish === 'string') return complain(wish)
  const progress = new Progress()
  const tape = new TapeImport(wish.out, venues)
  let wrong = ''
  try {
    const sources = []
    for (const open of wish.opens) sources.push(await open())
    for await (const item of merged(sources)) {
      await item.put(tape)
      const share = sources.reduce((sum, source) => sum + source.share(), 0) / sources.length
      progress.tell(share, `${tape.frames} frames`)
      if (progress.isCancelled) break
    }
  } catch (error) {
    wrong = inWords(error)
  }
  progress.end()
  if (progress.isCancelled) wrong = 'cancelled'
  if (wrong !== '') {
    await tape.abandon()
    return complain(`${wrong}; nothing was kept`)
  }
  const trouble = await tape.finish()
  if (trouble !== '') return complain(`${wish.out}: ${trouble}; nothing was kept`)
  process.stdout.write(`${tape.frames} frames on the tape in ${wish.out}\n`)
  return tape.frames > 0 ? 0 : 1
}

function wishOf(args: string[]): { readonly opens: readonly Open[]; readonly out: string } | string {
  let parsed
  try {
    const options = { as: { type: 'string' }, out: { type: 'string' }, venue: { type: 'string' } } as const
    parsed = parseArgs({ args, allowPositionals: true, options })
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  const { values, positionals: paths } = parsed
  const { venue, out } = values
  if (paths.length === 0) return 'which files? tape import <file...> --as tardis|lobster|lines --out <folder>'
  if (out === undefined) return 'where to? --out <folder>'
  if (venue !== undefined && !venues.some(({ spec }) => spec.id === venue))
    return `Steelyard knows no venue ${venue}`
  switch (values.as) {
    case 'tardis':
      return {
        out,
        opens: paths.map(
          (path): Open =>
            () =>
              tardisSource(path)
        )
      }
    case 'lines':
      return {
        out,
        opens: paths.map(
          (path): Open =>
            () =>
              lineSource(path, venue)
        )
      }
    case 'lobster': {
      const [messages, books] = paths
      if (messages === undefined || books === undefined || paths.length > 2)
        return 'LOBSTER comes in pairs: <message.csv> <orderbook.csv>'
      return { out, opens: [() => lobsterSource(messages, books)] }
    }
    default:
      return '--as is tardis, lobster or lines (captures and uniform events)'
  }
}
