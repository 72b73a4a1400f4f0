import { episodeOf, type Alert } from '../../src-shared/alert'
import type { Boot, Bridge, Opened, OpenKind, Runtime, Saved, Tell } from '../../src-shared/contract/calls'
import type { EngineCommand } from '../../src-shared/contract/commands'
import type { EngineFrame } from '../../src-shared/contract/frames'
import type { InstrumentId } from '../../src-shared/instrument'
import type { Settings } from '../../src-shared/settings'
import { defaultSettings } from '../../src-shared/settings'
import type { Millis } from '../../src-shared/units'
import { AlertDeskState } from './alert-desk.svelte'
import { AlertFeedState } from './alert-feed.svelte'
import { ChannelsState } from './channels.svelte'
import type { Desk } from './desk'
import { LayoutState } from './layouts.svelte'
import { MarketState } from './market.svelte'
import { NoticesState } from './notices.svelte'
import { TapeState } from './replay.svelte'
import { PolicyState } from './policy.svelte'
import { RuleBookState } from './rule-book.svelte'
import { WatchlistsState } from './watchlists.svelte'

/** What the desk needs of the world. */
export interface DeskWorld {
  readonly bridge: Bridge
  readonly send: (command: EngineCommand) => void
  readonly clock: () => Millis
}

type Pick = (instrument: InstrumentId) => void

/** The whole state of one window. */
export class DeskState implements Desk {
  readonly market: MarketState
  readonly watchlists: WatchlistsState
  readonly rules: RuleBookState
  readonly alerts: AlertFeedState
  readonly policy: PolicyState
  readonly alertDesk: AlertDeskState
  readonly channels: ChannelsState
  readonly notices: NoticesState
  readonly layout: LayoutState
  readonly tape: TapeState
  readonly #world: DeskWorld
  #runtime = $state.raw<Runtime>()
  #settings = $state.raw<Settings>(defaultSettings)
  #now = $state<Millis>(0 as Millis)
  #systemDark = $state(true)
  #booted = $state(false)
  /** Who waits for an instrument; the search is open while someone does. */
  #searching = $state.raw<Pick>()

  constructor(world: DeskWorld) {
    const { ask } = world.bridge
    this.#world = world
    this.#now = world.clock()
    this.notices = new NoticesState(ask, world.clock)
    this.market = new MarketState({ send: world.send, now: () => this.#time() })
    this.watchlists = new WatchlistsState(ask, this.notices)
    this.rules = new RuleBookState(ask, this.notices)
    this.alerts = new AlertFeedState((count) => void ask('alerts:unseen', count))
    this.policy = new PolicyState(ask)
    this.layout = new LayoutState(ask, this.notices)
    this.channels = new ChannelsState(ask, this.notices, world.clock)
    this.tape = new TapeState(world.send)
    this.alertDesk = new AlertDeskState(world.send)
    world.bridge.onTell((tell) => {
      this.hear(tell)
    })
  }

  get runtime(): Runtime | undefined {
    return this.#runtime
  }
  get settings(): Settings {
    return this.#settings
  }
  get now(): Millis {
    return this.#now
  }
  get theme(): 'dark' | 'light' {
    if (this.#settings.theme !== 'system') return this.#settings.theme
    return this.#systemDark ? 'dark' : 'light'
  }
  /** False until the stored things are there; nothing is drawn before. */
  get booted(): boolean {
    return this.#booted
  }
  get searching(): Pick | undefined {
    return this.#searching
  }
  /** What was selected last, or else the first of the watchlist. */
  get selected(): InstrumentId | undefined {
    return this.layout.selected ?? this.watchlists.active.instruments[0]
  }

  /** Fetches what is stored. A failure leaves the defaults, and says so. */
  async boot(): Promise<void> {
    try {
      this.#take(await this.#world.bridge.ask('app:boot'))
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      this.notices.tell(
        'critical',
        `The stored settings could not be read: ${reason}. These are the defaults.`
      )
    }
    this.#booted = true
  }

  select(instrument: InstrumentId): void {
    this.layout.select(instrument)
  }

  saveFile(name: string, text: string): Promise<Saved> {
    return this.#world.bridge.ask('file:save', name, text)
  }

  copyText(text: string): Promise<Saved> {
    return this.#world.bridge.ask('text:copy', text)
  }

  openFile(kind: OpenKind): Promise<Opened> {
    return this.#world.bridge.ask('file:open', kind)
  }

  show(panel: string): void {
    this.layout.show(panel)
  }

  search(onPick: Pick): void {
    this.#searching = onPick
  }

  endSearch(): void {
    this.#searching = undefined
  }

  saveSettings(settings: Settings): void {
    void this.notices.say(this.trySettings(settings), 'The settings were not saved')
  }

  /** Shown at once; taken back when they are refused, with the reason for the caller to show. */
  async trySettings(settings: Settings): Promise<Saved> {
    const before = this.#settings
    this.#settings = settings
    const saved = await this.#world.bridge.ask('settings:save', settings)
    if (!saved.ok && this.#settings === settings) this.#settings = before
    return saved
  }

  restartEngine(): void {
    void this.notices.say(this.#world.bridge.ask('engine:restart'), 'The engine was not restarted')
  }

  tick(): void {
    this.#now = this.#time()
  }

  setSystemDark(dark: boolean): void {
    this.#systemDark = dark
  }

  /** What the engine says. */
  receive(frame: EngineFrame): void {
    switch (frame.kind) {
      case 'alert':
        this.#alert(frame.alert)
        break
      case 'alert-centre':
      case 'alert-delivery':
      case 'alert-entry':
      case 'alert-evidence':
      case 'alert-history':
      case 'alert-scores':
      case 'rule-estimate':
      case 'rule-levels':
      case 'rule-probe':
        this.alertDesk.receive(frame)
        break
      case 'fault':
        this.notices.tell('warn', frame.message)
        break
      case 'tape':
        this.tape.take(frame.contents)
        break
      case 'replay':
        this.tape.takeReplay(frame.replay)
        this.tick()
        break
      case 'hello':
        this.market.receive(frame)
        this.alertDesk.greet()
        break
      default:
        this.market.receive(frame)
    }
  }

  /** The port is gone, and a replay with it. */
  disconnect(): void {
    this.tape.lose()
    this.alertDesk.lose()
    this.market.disconnect()
  }

  /** What the main process says. */
  hear(tell: Tell): void {
    switch (tell.kind) {
      case 'engine':
        this.market.setEngine(tell)
        break
      case 'notice':
        this.notices.add(tell.notice)
        break
      case 'delivery':
        this.alerts.deliver(tell.delivery)
        break
      case 'channels':
        this.channels.stand(tell.standings)
        break
      case 'ring':
        this.channels.ring(tell.alert, tell.channels)
        break
      case 'focus':
        this.select(tell.instrument)
        this.alertDesk.open(episodeOf(tell.alert))
        break
      case 'watchlists':
        this.watchlists.take(tell.watchlists)
        break
      case 'layouts':
        this.layout.take(tell.layouts)
        break
      case 'rules':
        this.rules.take(tell.rules)
        break
      case 'settings':
        this.#settings = tell.settings
        break
    }
  }

  #alert(alert: Alert): void {
    this.alerts.add(alert)
  }

  /** While a replay runs, its time is this window's. */
  #time(): Millis {
    return this.tape.replay?.at ?? this.#world.clock()
  }

  #take(boot: Boot): void {
    this.#settings = boot.settings
    this.#runtime = boot.runtime
    this.watchlists.take(boot.watchlists)
    this.layout.take(boot.layouts)
    this.rules.take(boot.rules)
    this.alerts.take(boot.alerts, boot.deliveries)
    this.policy.take(boot.alertPolicy)
    this.channels.take(boot.alertChannels, boot.channelStandings)
    for (const notice of boot.notices) this.notices.add(notice)
  }
}
