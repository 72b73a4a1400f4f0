import { join } from 'node:path'
import type { Millis } from '../../src-shared/units'
import type { Files } from './files'
import { readingOf, type Shape } from './shape'

/** Backups kept of each file; 1 is the newest. */
const backups = [1, 2, 3] as const

export interface Opened<T> {
  readonly value: T
  /** Why saving is refused; undefined when it is not. */
  readonly readOnly?: string
  /** What the user must be told: empty when the file was good or simply not there yet. */
  readonly told: string
  /** The file on disk does not hold `value`: it was lost, restored, or lifted to a newer version. */
  readonly writeNow: boolean
}

/**
 * Reads one file of the user's, and never loses it: what cannot be used is kept aside under another name, the newest
 * good backup takes its place, and a backup is refreshed only from a file that parsed and validated.
 */
export function open<T>(files: Files, folder: string, shape: Shape<T>, now: Millis): Opened<T> {
  const text = textOf(files, pathOf(folder, shape.name))
  if (typeof text !== 'string') {
    if (text !== undefined) return recovered(files, folder, shape, now, text.unreadable)
    return { value: shape.defaults, told: '', writeNow: false }
  }
  const reading = readingOf(text, shape)
  switch (reading.kind) {
    case 'good':
      return { value: reading.value, told: refreshed(files, folder, shape.name, text), writeNow: false }
    case 'newer':
      return newer(files, folder, shape, reading.version)
    case 'bad':
      return recovered(files, folder, shape, now, reading.reason)
  }
}

/** Files that a write left behind when the process was killed in the middle of it. */
export function sweep(files: Files, folder: string, names: readonly string[]): void {
  const leftover = (file: string) => names.some((name) => file.startsWith(`${name}.json.tmp-`))
  // They are in nobody's way: a disk that lets nothing be removed will be asked again at the next start.
  troubleOf(() => {
    for (const file of files.list(folder).filter(leftover)) files.remove(join(folder, file))
  })
}

/** The file of a later version is not ours to write: the user may go back to that version. */
function newer<T>(files: Files, folder: string, shape: Shape<T>, version: number): Opened<T> {
  const backup = newestGood(files, folder, shape)
  const from = backup === undefined ? 'the defaults' : `backup ${backup.number}`
  const readOnly = `${shape.name}.json was written by a newer Steelyard (version ${version} of the file, this one knows ${shape.version})`
  return {
    value: backup?.value ?? shape.defaults,
    readOnly,
    told: `${readOnly}. It is left untouched; your ${shape.title} are ${from} and changes to them are not saved until Steelyard is updated.`,
    writeNow: false
  }
}

function recovered<T>(files: Files, folder: string, shape: Shape<T>, now: Millis, reason: string): Opened<T> {
  const aside = `${shape.name}.corrupt-${stamp(now)}.json`
  const trouble = troubleOf(() => {
    files.rename(pathOf(folder, shape.name), join(folder, aside))
  })
  const backup = newestGood(files, folder, shape)
  const then =
    backup === undefined
      ? `There is no good backup: your ${shape.title} ${shape.anew ?? 'are the defaults'}.`
      : `Your ${shape.title} are restored from the last good backup.`
  const value = backup?.value ?? shape.defaults
  const what = `${shape.name}.json could not be used (${reason})`
  if (trouble === '') return { value, told: `${what}. It is kept as ${aside}. ${then}`, writeNow: true }
  // Writing would lose what stands there.
  const readOnly = `${what}, and not be kept aside (${trouble})`
  return { value, readOnly, told: `${readOnly}. ${then} Changes to them are not saved.`, writeNow: false }
}

function newestGood<T>(files: Files, folder: string, shape: Shape<T>) {
  for (const number of backups) {
    const text = textOf(files, backupPath(folder, shape.name, number))
    if (typeof text !== 'string') continue
    const reading = readingOf(text, shape)
    if (reading.kind === 'good') return { number, value: reading.value }
  }
  return undefined
}

/** What the user must be told of it; empty when all went well. */
function refreshed(files: Files, folder: string, name: string, text: string): string {
  const path = (number: number) => backupPath(folder, name, number)
  if (textOf(files, path(1)) === text) return ''
  const trouble = troubleOf(() => {
    for (const number of [2, 1]) {
      if (textOf(files, path(number)) !== undefined) files.rename(path(number), path(number + 1))
    }
    files.write(path(1), text)
  })
  return trouble === '' ? '' : `${name}.json is good, but no backup of it could be made (${trouble}).`
}

/** What the disk says against it; empty when it was done. */
function troubleOf(act: () => void): string {
  try {
    act()
    return ''
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

function textOf(files: Files, path: string): string | undefined | { readonly unreadable: string } {
  try {
    return files.read(path)
  } catch (error) {
    return { unreadable: error instanceof Error ? error.message : String(error) }
  }
}

/** `2026-11-24T23-59-16-084Z`: sorts by time and is a legal name on every system. */
const stamp = (at: Millis): string => new Date(at).toISOString().replace(/[:.]/g, '-')

export const pathOf = (folder: string, name: string): string => join(folder, `${name}.json`)
const backupPath = (folder: string, name: string, number: number): string =>
  join(folder, `${name}.backup-${number}.json`)
