import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'

/** The few things the store asks of a disk, so that its decisions can be tested without one. */
export interface Files {
  /** Undefined when there is no such file; throws the system's error when it is there and cannot be read. */
  read(path: string): string | undefined
  write(path: string, text: string): void
  rename(from: string, to: string): void
  remove(path: string): void
  /** Names in a folder, in no order; empty when there is no such folder. */
  list(folder: string): readonly string[]
}

export const disk: Files = {
  read: (path) => whenPresent(() => readFileSync(path, 'utf8')),
  write: (path, text) => {
    writeFileSync(path, text, { mode: 0o600 })
  },
  rename: renameSync,
  remove: (path) => {
    rmSync(path, { force: true })
  },
  list: (folder) => whenPresent(() => readdirSync(folder)) ?? []
}

export function makeFolder(path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o700 })
}

function whenPresent<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
