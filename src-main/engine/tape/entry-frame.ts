import type { TapeFrame } from './line'
import type { TapeEntry } from './tape-reader'

/** A tape's entry as the frame of a capture; undefined for what is none: what the recorder itself saw. */
export function frameOf({ kind, at, socket, bytes }: TapeEntry): TapeFrame | undefined {
  // Neither spread nor `%`: this was a fifth of the time of a seek.
  const second = Math.floor(at / 1_000)
  const nanosecond = Math.round((at - second * 1_000) * 1e6)
  switch (kind) {
    case 'rx':
    case 'tx':
      return { at, second, nanosecond, kind, socket, bytes }
    case 'open':
      return { at, second, nanosecond, kind, socket, url: wordsIn(bytes, 'url', ''), bytes }
    case 'http': {
      // An answer lies on the tape behind its address and a newline.
      const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      const end = all.indexOf(0x0a)
      return {
        at,
        second,
        nanosecond,
        kind,
        socket,
        url: all.toString('utf8', 0, end),
        bytes: all.subarray(end + 1)
      }
    }
    default:
      return undefined
  }
}

/** A text in what the recorder noted. */
export function wordsIn(bytes: Uint8Array, name: string, otherwise: string): string {
  try {
    const found = (JSON.parse(Buffer.from(bytes).toString('utf8')) as Record<string, unknown>)[name]
    return typeof found === 'string' ? found : otherwise
  } catch {
    // Checked bytes that are no JSON were not written by us; the note stands all the same.
    return otherwise
  }
}
