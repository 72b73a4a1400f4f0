import type { AppNotice, Ask, Saved } from '../../src-shared/contract/calls'
import type { Millis } from '../../src-shared/units'
import type { Notices } from './desk'
import { freshId } from './fresh-id'

/** More at once help nobody; the oldest goes. */
const most = 20

export class NoticesState implements Notices {
  readonly #ask: Ask
  readonly #now: () => Millis
  #list = $state.raw<readonly AppNotice[]>([])

  constructor(ask: Ask, now: () => Millis) {
    this.#ask = ask
    this.#now = now
  }

  /** Latest first. */
  get list(): readonly AppNotice[] {
    return this.#list
  }

  add(notice: AppNotice): void {
    this.#list = [
      notice,
      ...this.#list.filter(({ id, text }) => id !== notice.id && text !== notice.text)
    ].slice(0, most)
  }

  dismiss(id: string): void {
    this.#list = this.#list.filter((notice) => notice.id !== id)
    if (!id.startsWith('window-')) void this.say(this.#ask('app:dismiss-notice', id), 'The notice stays')
  }

  /** The same words twice are one notice. */
  tell(severity: AppNotice['severity'], text: string): void {
    const same = this.#list.find((notice) => notice.text === text)
    this.add({ id: same?.id ?? freshId('window'), at: this.#now(), severity, text })
  }

  /** Awaits a save and tells the user when it was refused, beginning with `what`. */
  async say(save: Promise<Saved>, what: string): Promise<Saved> {
    let saved: Saved
    try {
      saved = await save
    } catch (error) {
      saved = { ok: false, reason: error instanceof Error ? error.message : String(error) }
    }
    if (!saved.ok) this.tell('warn', `${what}: ${saved.reason}`)
    return saved
  }
}
