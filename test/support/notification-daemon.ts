import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'

/** A call of org.freedesktop.Notifications.Notify as it reached the session bus. */
export interface Notify {
  readonly call: 'Notify'
  readonly id: number
  readonly app: string
  /** The id of the notification it takes the place of, 0 for none. */
  readonly replaces: number
  readonly icon: string
  readonly summary: string
  readonly body: string
  /** Keys and labels in turn: default, View, … */
  readonly actions: readonly string[]
  readonly hints: Readonly<Record<string, unknown>>
  /** Milliseconds, -1 for the desktop's own choice. */
  readonly timeout: number
}

export type Recorded = Notify | { readonly call: string; readonly id?: number }

type Child = ChildProcessByStdio<Writable, Readable, Readable>

/**
 * The desktop's notification service, for tests: it owns the name on the session bus of DBUS_SESSION_BUS_ADDRESS,
 * records each call, and clicks when told. One a session bus at a time.
 */
export class NotificationDaemon {
  readonly calls: Recorded[] = []
  readonly #child: Child
  readonly #waiting = new Set<() => void>()
  #complaint = ''
  #ended = false

  private constructor(child: Child) {
    this.#child = child
    createInterface(child.stdout).on('line', (line) => {
      this.calls.push(JSON.parse(line) as Recorded)
      this.#wake()
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => (this.#complaint += text))
    child.once('error', (error) => {
      this.#end(error.message)
    })
    child.once('close', () => {
      this.#end('')
    })
  }

  /** @throws when there is no session bus, or the name belongs to another service already */
  static async start({ autoClick = false } = {}): Promise<NotificationDaemon> {
    const script = fileURLToPath(new URL('notification-daemon.py', import.meta.url))
    // Debian's interpreter: only that one sees python3-dbus.
    const child = spawn('/usr/bin/python3', [script, ...(autoClick ? ['--auto-click'] : [])], {
      stdio: ['pipe', 'pipe', 'pipe']
    })
    const daemon = new NotificationDaemon(child)
    await daemon.#recorded('ready', () => true)
    return daemon
  }

  get notifications(): readonly Notify[] {
    return this.calls.filter(isNotify)
  }

  /** Waits for a notification, one already recorded included; the test's own time-out ends the wait. */
  async notified(which: (notify: Notify) => boolean = () => true): Promise<Notify> {
    return (await this.#recorded('Notify', (call) => isNotify(call) && which(call))) as Notify
  }

  /** As a user's click on the notification; resolves once its signals are on the bus. */
  async click(id: number): Promise<void> {
    this.#child.stdin.write(`click ${id}\n`)
    await this.#recorded('clicked', (call) => call.id === id)
  }

  /** As a user who waves the notification away. */
  async dismiss(id: number): Promise<void> {
    this.#child.stdin.write(`close ${id}\n`)
    await this.#recorded('closed', (call) => call.id === id)
  }

  async stop(): Promise<void> {
    if (this.#ended) return
    const closed = once(this.#child, 'close')
    this.#child.stdin.end()
    await closed
  }

  async #recorded(call: string, which: (call: Recorded) => boolean): Promise<Recorded> {
    for (;;) {
      const found = this.calls.find((recorded) => recorded.call === call && which(recorded))
      if (found !== undefined) return found
      if (this.#ended) throw new Error(`the notification daemon ended: ${this.#complaint.trim()}`)
      await new Promise<void>((resolve) => this.#waiting.add(resolve))
    }
  }

  #end(reason: string): void {
    this.#complaint += reason
    this.#ended = true
    this.#wake()
  }

  #wake(): void {
    for (const resolve of this.#waiting) resolve()
    this.#waiting.clear()
  }
}

function isNotify(call: Recorded): call is Notify {
  return call.call === 'Notify'
}
