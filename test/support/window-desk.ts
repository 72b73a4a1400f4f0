import { DeskState } from '../../src-renderer/state/desk.svelte'
import type { Ask, Boot, Call, Saved, Tell } from '../../src-shared/contract/calls'
import { columnsOf } from '../../src-shared/contract/catalogue'
import type { EngineCommand } from '../../src-shared/contract/commands'
import type { EngineFrame } from '../../src-shared/contract/frames'
import { sampleHeadLength } from '../../src-shared/contract/frames'
import type { InstrumentId } from '../../src-shared/instrument'
import { symbolOf, venueOf } from '../../src-shared/instrument'
import { defaultLayouts } from '../../src-shared/layout'
import { defaultAlertChannels } from '../../src-shared/alerts/channels'
import { defaultAlertPolicy } from '../../src-shared/alerts/policy'
import { defaultRules } from '../../src-shared/default-rules'
import { defaultSettings } from '../../src-shared/settings'
import type { BookState } from '../../src-shared/status'
import { millis } from '../../src-shared/units'
import { defaultWatchlists } from '../../src-shared/watchlist'
import { metrics, perpetual, start, venues } from './fake-desk.svelte'

export const boot: Boot = {
  settings: defaultSettings,
  watchlists: defaultWatchlists,
  layouts: defaultLayouts,
  rules: defaultRules,
  alertPolicy: defaultAlertPolicy,
  alertChannels: defaultAlertChannels,
  channelStandings: [],
  runtime: { app: '1', electron: '25', chrome: '114', node: '18', evaluation: true, platform: 'linux' },
  notices: [],
  alerts: [],
  deliveries: []
}

/** The window's real state between a main process and an engine that a test plays. */
export class WindowDesk {
  readonly commands: EngineCommand[] = []
  readonly calls: { readonly name: Call; readonly args: readonly unknown[] }[] = []
  /** What every save answers. */
  answer: Saved = { ok: true }
  now = start
  tell: (tell: Tell) => void = () => {
    throw new Error('nobody listens')
  }
  readonly desk: DeskState

  constructor() {
    const ask = ((name: Call, ...args: unknown[]) => {
      this.calls.push({ name, args })
      return Promise.resolve(name === 'app:boot' ? boot : this.answer)
    }) as Ask
    this.desk = new DeskState({
      bridge: { ask, onTell: (listener) => (this.tell = listener), wantPort: () => undefined },
      send: (command) => this.commands.push(command),
      clock: () => this.now
    })
  }

  frame(frame: EngineFrame): void {
    this.desk.receive(frame)
  }

  /** A new port: the engine introduces itself and these instruments. */
  hello(...ids: InstrumentId[]): void {
    this.frame({ kind: 'hello', startedAt: start, venues, metrics })
    for (const id of ids) {
      const venue = venueOf(id)
      this.frame({ kind: 'instruments', venue, list: [perpetual(venue, symbolOf(id))] })
    }
  }

  status(instrument: InstrumentId, state: BookState, reason = '', since = this.now): void {
    this.frame({ kind: 'status', instrument, status: { state, reason, since } })
  }

  /** One sample row in which only the mid is known. */
  mid(instrument: InstrumentId, at: number, mid: number): void {
    const samples = new Float64Array(sampleHeadLength + columnsOf(metrics).length).fill(NaN)
    samples[0] = at
    samples[1] = at
    samples[sampleHeadLength] = mid
    this.frame({
      kind: 'market',
      number: 1,
      at: millis(at),
      instruments: [instrument],
      samples,
      books: [],
      trades: []
    })
  }
}

/** Lets what waits in microtasks happen. */
export const settled = (): Promise<void> => new Promise((done) => setTimeout(done))
