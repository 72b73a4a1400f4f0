import type { Opened, OpenKind } from '../../src-shared/contract/calls'
import { mostRuleFileBytes } from '../../src-shared/alerts/rule-file'
import { mostSoundBytes } from '../../src-shared/alerts/sounds'

export interface OpenParts {
  /** Asks the user, offering files of these endings. */
  readonly ask: (
    name: string,
    extensions: string[]
  ) => Promise<{ readonly canceled: boolean; readonly filePaths: readonly string[] }>
  /** Of a plain file; throws for what is none. */
  readonly sizeOf: (path: string) => Promise<number>
  readonly read: (path: string) => Promise<Uint8Array>
  readonly nameOf: (path: string) => string
}

const offered = {
  rules: { name: 'Rules', extensions: ['json'], most: mostRuleFileBytes },
  sound: { name: 'Sounds', extensions: ['wav', 'ogg', 'mp3', 'flac'], most: mostSoundBytes }
} as const

/** Reads a file that the user picks. Refused without a reason: the user thought better of it. */
export async function openFile({ ask, sizeOf, read, nameOf }: OpenParts, kind: OpenKind): Promise<Opened> {
  const { name, extensions, most } = offered[kind]
  const { canceled, filePaths } = await ask(name, [...extensions])
  const path = filePaths[0]
  if (canceled || path === undefined) return { ok: false, reason: '' }
  try {
    // Asked before a byte is read: a huge file is refused, not loaded.
    const size = await sizeOf(path)
    if (size > most)
      return { ok: false, reason: `The file has ${mega(size)} MB; ${mega(most)} MB is the most for this.` }
    const bytes = await read(path)
    return { ok: true, name: nameOf(path).slice(0, 120), bytes: new Uint8Array(bytes) }
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) }
  }
}

const mega = (bytes: number): string => (bytes / 1e6).toFixed(1)
