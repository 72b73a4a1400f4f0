import { dirname, join } from 'node:path'
import type { Files } from '../../../src-main/store/files'

/** A disk in memory: path → text. */
export function memoryFiles(
  files: Record<string, string>,
  unreadable: readonly string[] = []
): Files & { all: Map<string, string> } {
  const all = new Map(Object.entries(files))
  return {
    all,
    read: (path) => {
      if (unreadable.includes(path)) throw new Error('EIO: i/o error')
      return all.get(path)
    },
    write: (path, text) => void all.set(path, text),
    rename: (from, to) => {
      const text = all.get(from)
      if (text === undefined) throw new Error(`no ${from}`)
      all.delete(from)
      all.set(to, text)
    },
    remove: (path) => void all.delete(path),
    list: (folder) =>
      [...all.keys()]
        .filter((path) => dirname(path) === folder)
        .map((path) => path.slice(join(folder, '/').length))
  }
}
