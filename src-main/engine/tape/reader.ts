import { jsonTrouble } from './json-trouble'
import type { TapeFrame } from './line'
import { readLine } from './line'
import { readLines } from './lines'

export type TapeEnd =
  | { readonly ok: true; readonly lines: number }
  /** In words for the user; `lines` were read before. */
  | { readonly ok: false; readonly reason: string; readonly lines: number }

/**
 * Reads a capture, gzip or not, and hands over frame after frame in file order, each with the line it stands in. Never throws for what is wrong with the file: a missing, cut off or
 * foreign one ends with a reason. A throw out of `onFrame` is a bug and is thrown on.
 */
export async function readTape(
  path: string,
  onFrame: (frame: TapeFrame, line: number) => void
): Promise<TapeEnd> {
  let lines = 0
  const end = await readLines(path, (line, number, isEnded) => {
    const frame = readLine(line)
    if (!frame) return isEnded ? foreign(line, number) : `cut off in the middle of line ${number}`
    lines++
    onFrame(frame, number)
    return undefined
  })
  if (!end.ok) return { ...end, lines }
  if (lines === 0) return { ok: false, lines, reason: `${path}: the file is empty` }
  return { ok: true, lines }
}

const brace = 0x7b

function foreign(line: Buffer, number: number): string {
  const broken = line[0] === brace ? jsonTrouble(line.toString('utf8')) : undefined
  if (broken !== undefined) return `line ${number}: ${broken}`
  return `line ${number} is no capture line (known: {"t","k","raw"} lines, and "<nanoseconds> <frame>" lines)`
}
