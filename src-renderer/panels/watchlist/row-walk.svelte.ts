import type { InstrumentId } from '../../../src-shared/instrument'
import { tick } from 'svelte'
import type { Desk } from '../../state/desk'

/** What the walk needs of the table it goes through. */
export interface Walked {
  readonly desk: Desk
  /** Whose rows they are, top first. */
  readonly ids: () => readonly InstrumentId[]
  /** Whether the rows stand in the list's own order: only then can they be moved. */
  readonly isOwnOrder: () => boolean
  /** Puts the keyboard's focus on the row that Tab reaches. */
  readonly focus: () => void
  /** Tells the user why a key did nothing, or where a row went. */
  readonly say: (text: string) => void
}

const paces: Readonly<Record<string, number>> = { ArrowUp: -1, ArrowDown: 1, PageUp: -10, PageDown: 10 }

/** The way through a table's rows, and the rows' own way through it: by keys and by dragging. */
export class RowWalk {
  readonly #walked: Walked
  #current = $state<InstrumentId | undefined>(undefined)
  #dragged = $state<InstrumentId | undefined>(undefined)
  #over = $state<InstrumentId | undefined>(undefined)

  constructor(walked: Walked) {
    this.#walked = walked
  }

  /** The one row that Tab reaches. */
  get stop(): InstrumentId | undefined {
    const { desk, ids } = this.#walked
    const wanted = this.#current ?? desk.selected
    return ids().find((id) => id === wanted) ?? ids()[0]
  }

  at(id: InstrumentId): void {
    this.#current = id
  }

  key(event: KeyboardEvent, id: InstrumentId): void {
    const { desk, ids } = this.#walked
    const at = ids().indexOf(id)
    const pace = paces[event.key]
    if (event.ctrlKey || event.metaKey) return
    if (event.altKey && pace !== undefined) void this.#move(id, at + Math.sign(pace))
    else if (pace !== undefined) void this.#goTo(at + pace)
    else if (event.key === 'Home') void this.#goTo(0)
    else if (event.key === 'End') void this.#goTo(ids().length - 1)
    else if (event.key === 'Enter' || event.key === ' ') desk.select(id)
    else if (event.key === 'Delete') void this.#remove(id, at)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  drag(id: InstrumentId): void {
    this.#dragged = id
  }
  dragOver(id: InstrumentId): void {
    this.#over = id
  }
  /** Whether what is dragged would land here. */
  isTarget(id: InstrumentId): boolean {
    return this.#over === id && this.#dragged !== undefined && this.#dragged !== id
  }
  drop(): void {
    const [dragged, over] = [this.#dragged, this.#over]
    this.#dragged = this.#over = undefined
    const to = over === undefined ? -1 : this.#walked.ids().indexOf(over)
    if (dragged !== undefined && to >= 0 && over !== dragged) void this.#move(dragged, to)
  }

  async #goTo(at: number): Promise<void> {
    const ids = this.#walked.ids()
    const id = ids[Math.max(0, Math.min(ids.length - 1, at))]
    if (id === undefined) return
    this.#current = id
    await tick()
    this.#walked.focus()
  }

  async #move(id: InstrumentId, to: number): Promise<void> {
    const { desk, ids, isOwnOrder, say } = this.#walked
    if (!isOwnOrder()) {
      say('rows move in the own order only')
      return
    }
    if (to < 0 || to >= ids().length) return
    desk.watchlists.move(id, to)
    await this.#goTo(to)
    say(`${to + 1} of ${ids().length}`)
  }

  async #remove(id: InstrumentId, at: number): Promise<void> {
    this.#walked.desk.watchlists.drop(id)
    await tick()
    await this.#goTo(at)
  }
}
