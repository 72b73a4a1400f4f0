import { createWriteStream, type WriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import process from 'node:process'

export type Format = 'csv' | 'ndjson'

/** Lines to a file or to the terminal. Trouble with either is told at the end, once. */
export class Output {
  readonly #stream: NodeJS.WritableStream
  readonly #file: WriteStream | undefined
  #trouble: string | undefined

  private constructor(path: string | undefined) {
    this.#file = path === undefined ? undefined : createWriteStream(path)
    this.#stream = this.#file ?? process.stdout
    this.#stream.on('error', (error: NodeJS.ErrnoException) => {
      // A closed pipe is how `head` says it has enough.
      if (error.code !== 'EPIPE')
        this.#trouble ??= `cannot write ${path ?? 'to the terminal'}: ${error.message}`
    })
  }

  static open(path: string | undefined): Output {
    return new Output(path)
  }

  write(line: string): void {
    if (this.#trouble === undefined) this.#stream.write(line + '\n')
  }

  /** Everything is written when this answers; with a reason when something was not. */
  async close(): Promise<string | undefined> {
    if (this.#file && this.#trouble === undefined) {
      this.#file.end()
      try {
        await finished(this.#file)
      } catch (error) {
        this.#trouble ??= error instanceof Error ? error.message : String(error)
      }
    }
    return this.#trouble
  }
}
