import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { soundFault } from '../../src-shared/alerts/sounds'
import type { Opened, Saved } from '../../src-shared/contract/calls'
import type { Severity } from '../../src-shared/rule'

/** The user's own sounds, one file a severity: copies, so that an alert is heard when the original has moved. */
export class Sounds {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  keep(severity: Severity, bytes: Uint8Array): Saved {
    const fault = soundFault(bytes)
    if (fault !== '') return { ok: false, reason: fault }
    return tried(() => {
      mkdirSync(this.#folder, { recursive: true })
      const path = this.#path(severity)
      writeFileSync(`${path}.new`, bytes)
      renameSync(`${path}.new`, path)
    })
  }

  drop(severity: Severity): Saved {
    return tried(() => {
      rmSync(this.#path(severity), { force: true })
    })
  }

  read(severity: Severity): Opened {
    let bytes: Uint8Array
    try {
      bytes = new Uint8Array(readFileSync(this.#path(severity)))
    } catch (error) {
      const isGone = error instanceof Error && 'code' in error && error.code === 'ENOENT'
      return { ok: false, reason: isGone ? 'the file is gone' : wordsOf(error) }
    }
    const fault = soundFault(bytes)
    return fault === '' ? { ok: true, name: severity, bytes } : { ok: false, reason: fault }
  }

  #path(severity: Severity): string {
    return join(this.#folder, `${severity}.sound`)
  }
}

function tried(act: () => void): Saved {
  try {
    act()
    return { ok: true }
  } catch (error) {
    return { ok: false, reason: wordsOf(error) }
  }
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
