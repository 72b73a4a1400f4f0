import { stat } from 'node:fs/promises'
import { TapeReader } from '../../engine/tape/tape-reader'

/** The tape in a folder, or in words why there is none. */
export async function tapeIn(folder: string | undefined): Promise<TapeReader | string> {
  if (folder === undefined) return 'which folder? The app keeps its tape in "tape" inside its user folder'
  try {
    if (!(await stat(folder)).isDirectory()) return `${folder}: that is a file, not a folder of tape`
    return await TapeReader.open(folder)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    return `${folder}: ${code === 'ENOENT' ? 'there is no such folder' : message}`
  }
}

/** Wall ms of `2026-11-24T12:00:00Z` or of whole Unix milliseconds; NaN for anything else. */
export function momentOf(text: string): number {
  return /^\d{10,16}$/.test(text) ? Number(text) : Date.parse(text)
}
