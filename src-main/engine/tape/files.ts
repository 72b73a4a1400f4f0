import { mkdir, open, readdir, stat, unlink } from 'node:fs/promises'
import { join } from 'node:path'

/** A file that only grows. Every method throws what the disk says. */
export interface GrowingFile {
  append(bytes: Uint8Array): Promise<void>
  /** Until this returns, what was appended may be lost with the power. */
  sync(): Promise<void>
  close(): Promise<void>
}

export interface FoundFile {
  readonly name: string
  readonly bytes: number
}

/** What a recorder asks of a disk; a test may be a bad one. */
export interface TapeFiles {
  /** A new file; one that exists is an error. */
  create(name: string): Promise<GrowingFile>
  list(): Promise<readonly FoundFile[]>
  remove(name: string): Promise<void>
}

/** A folder on disk, made when it is first written to. */
export function filesIn(folder: string): TapeFiles {
  return {
    async create(name) {
      await mkdir(folder, { recursive: true })
      const file = await open(join(folder, name), 'ax')
      return {
        append: async (bytes) => {
          // A short write is a full disk about to say so: the rest must follow or the block is torn.
          for (let done = 0; done < bytes.byteLength;) {
            const { bytesWritten } = await file.write(bytes, done, bytes.byteLength - done)
            done += bytesWritten
          }
        },
        sync: () => file.datasync(),
        close: () => file.close()
      }
    },
    async list() {
      const names = await readdir(folder).catch((error: unknown) => {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
        throw error
      })
      const found = await Promise.all(
        names.map(async (name) => {
          // A file may go between the listing and the look at it.
          const info = await stat(join(folder, name)).catch(() => undefined)
          return info?.isFile() ? [{ name, bytes: info.size }] : []
        })
      )
      return found.flat()
    },
    remove: (name) =>
      unlink(join(folder, name)).catch((error: unknown) => {
        // Somebody else trims the same tape.
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
      })
  }
}
