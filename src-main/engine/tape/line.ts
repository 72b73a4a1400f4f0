import type { Millis } from '../../../src-shared/units'
import { millis } from '../../../src-shared/units'

/** One line of a capture: what was heard, said or fetched, and when. */
export interface TapeFrame {
  readonly kind: 'open' | 'tx' | 'rx' | 'http'
  /** Receive time by the recorder's clock. */
  readonly at: Millis
  /** Of an opened socket or a request. */
  readonly url?: string
  /** The exact frame. Only valid during the call. */
  readonly bytes: Uint8Array
}

const brace = 0x7b
const space = 0x20
const kinds = ['open', 'tx', 'rx', 'http'] as const

/**
 * Reads one line of the two shapes we know: uniform `{"t":"<unix seconds>","k":"open|tx|rx|http","url"?,"raw"?}`, and `<unix nanoseconds> <frame>`
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
  const { t, k, url, raw } = entry as Readonly<Record<string, unknown>>
  const kind = kinds.find((it) => it === k)
  const at = typeof t === 'string' ? Number(t) * 1_000 : NaN
  if (!kind || !Number.isFinite(at) || (raw !== undefined && typeof raw !== 'string')) return undefined
  const bytes = Buffer.from(raw ?? '', 'utf8')
  return typeof url === 'string' ? { kind, at: millis(at), url, bytes } : { kind, at: millis(at), bytes }
}

function stamped(line: Buffer): TapeFrame | undefined {
  const gap = line.indexOf(space)
  // Nanoseconds since 1970 have 19 digits until 2286.
  if (gap !== 19) return undefined
  const stamp = line.toString('latin1', 0, gap)
  if (!/^\d+$/.test(stamp)) return undefined
  const at = Number(stamp.slice(0, 13)) + Number(stamp.slice(13)) / 1e6
  return { kind: 'rx', at: millis(at), bytes: line.subarray(gap + 1) }
}
