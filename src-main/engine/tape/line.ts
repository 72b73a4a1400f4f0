import type { Millis } from '../../../src-shared/units'
import { millis } from '../../../src-shared/units'

/** One line of a capture: what was heard, said or fetched, and when. */
export interface TapeFrame {
  readonly kind: 'open' | 'tx' | 'rx' | 'http'
  /** Receive time by the recorder's clock. */
  readonly at: Millis
  /** The same time in whole Unix seconds and nanoseconds within that second: `at` tells no two times apart that are less than 244 ns from each other. */
  readonly second: number
  readonly nanosecond: number
  /** Of an opened socket or a request. */
  readonly url?: string
  /** Which of several sockets, where the recorder told them apart. */
  readonly socket?: number
  /** The exact frame. Only valid during the call. */
  readonly bytes: Uint8Array
}

const brace = 0x7b
const space = 0x20
const kinds = ['open', 'tx', 'rx', 'http'] as const

/**
 * Reads one line of the two shapes we know: uniform `{"t":"<unix seconds>","k":"open|tx|rx|http","c"?,"url"?,"raw"?}` (`c` numbers sockets), and `<unix nanoseconds> <frame>`
 * as hftbacktest's collector writes it. Undefined for anything else.
 */
export function readLine(line: Buffer): TapeFrame | undefined {
  return line[0] === brace ? uniform(line) : stamped(line)
}

function uniform(line: Buffer): TapeFrame | undefined {
  let entry: unknown
  try {
    entry = JSON.parse(line.toString('utf8'))
  } catch {
    // Not JSON: the caller counts the line and says which one it was.
    return undefined
  }
  if (typeof entry !== 'object' || entry === null) return undefined
  const { t, k, c, url, raw } = entry as Readonly<Record<string, unknown>>
  const kind = kinds.find((it) => it === k)
  if (typeof t !== 'string' || !kind || (raw !== undefined && typeof raw !== 'string')) return undefined
  const at = millis(Number(t) * 1_000)
  if (!Number.isFinite(at)) return undefined
  const [whole, fraction = ''] = t.split('.')
  const [second, nanosecond] = [Number(whole), Number(fraction.slice(0, 9).padEnd(9, '0'))]
  const bytes = Buffer.from(raw ?? '', 'utf8')
  return {
    ...{ kind, at, second, nanosecond },
    ...(typeof url === 'string' ? { url } : {}),
    ...(typeof c === 'number' ? { socket: c } : {}),
    bytes
  }
}

function stamped(line: Buffer): TapeFrame | undefined {
  const gap = line.indexOf(space)
  // Nanoseconds since 1970 have 19 digits until 2286.
  if (gap !== 19) return undefined
  const stamp = line.toString('latin1', 0, gap)
  if (!/^\d+$/.test(stamp)) return undefined
  const at = Number(stamp.slice(0, 13)) + Number(stamp.slice(13)) / 1e6
  const [second, nanosecond] = [Number(stamp.slice(0, 10)), Number(stamp.slice(10))]
  return { kind: 'rx', at: millis(at), second, nanosecond, bytes: line.subarray(gap + 1) }
}
