import ElectronStore from 'electron-store'
import { safeParse } from 'valibot'
import type { Saved } from '../../src-shared/contract/calls'
import { millis } from '../../src-shared/units'
import { disk } from './files'
import { open } from './opening'
import type { Shape } from './shape'

/** A burst of changes is one write. */
const writeDelay = 300

type Tell = (severity: 'warn' | 'critical', text: string) => void

/**
 * One file of the user's: read and checked once, held in memory, written whole and atomically a moment after each
 * change. Trouble with the disk is told, never thrown.
 */
export class Document<T extends object> {
  readonly #shape: Shape<T>
  readonly #folder: string
  readonly #tell: Tell
  readonly #readOnly: string | undefined
  #value: T
  #timer: NodeJS.Timeout | undefined
  #store: ElectronStore | undefined

  constructor(shape: Shape<T>, folder: string, tell: Tell) {
    this.#shape = shape
    this.#folder = folder
    this.#tell = tell
    const opened = open(disk, folder, shape, millis(Date.now()))
    this.#value = opened.value
    this.#readOnly = opened.readOnly
    if (opened.told !== '') tell('warn', opened.told)
    if (opened.writeNow) this.#write()
  }

  get value(): T {
    return this.#value
  }

  /** Takes a checked value; it is on disk within a third of a second, or the user is told why not. */
  save(value: T): Saved {
    if (this.#readOnly !== undefined) return { ok: false, reason: this.#readOnly }
    const result = safeParse(this.#shape.schema, value)
    if (!result.success) return { ok: false, reason: result.issues[0].message }
    this.#value = result.output
    this.#timer ??= setTimeout(() => {
      this.flush()
    }, writeDelay)
    return { ok: true }
  }

  /** Writes what is still waiting. */
  flush(): void {
    if (this.#timer === undefined) return
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#write()
  }

  #write(): void {
    try {
      this.#store ??= new ElectronStore({
        name: this.#shape.name,
        cwd: this.#folder,
        accessPropertiesByDotNotation: false
      })
      this.#store.store = { ...this.#value } as Record<string, unknown>
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      this.#tell(
        'critical',
        `${this.#shape.name}.json could not be written: ${reason}. Tried again at the next change.`
      )
    }
  }
}
