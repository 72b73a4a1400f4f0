import { noReference } from '../../src-main/engine/venues/venue'
import { metrics as running } from '../../src-main/engine/metrics'
import type { Alert } from '../../src-shared/alert'
import {
  defaultAlertChannels,
  type AlertChannels,
  type ChannelStanding
} from '../../src-shared/alerts/channels'
import type { AlertCommand } from '../../src-shared/alerts/commands'
import { defaultAlertPolicy, type AlertPolicy } from '../../src-shared/alerts/policy'
import type { RuleProbe } from '../../src-shared/alerts/probe'
import type {
  AlertEntry,
  AlertEvidence,
  DeliveryResult,
  RuleEstimate,
  RuleScore,
  StandingLevels
} from '../../src-shared/alerts/record'
import type { AlertCentre, HistoryWish } from '../../src-shared/alerts/state'
import type { ReplayState, TapeContents } from '../../src-shared/contract/replay'
import type { AppNotice, Delivery, Opened, Runtime, Saved } from '../../src-shared/contract/calls'
import { columnsOf, type MetricSpec, type VenueSpec } from '../../src-shared/contract/catalogue'
import {
  sampleHead,
  sampleHeadLength,
  tradeColumns,
  type BookView,
  type DiaryEntry,
  type ReferenceView,
  type EngineHealth,
  type MarketEvent
} from '../../src-shared/contract/frames'
import type { Instrument, InstrumentId, VenueId } from '../../src-shared/instrument'
import type { Rule } from '../../src-shared/rule'
import { defaultSettings, type Settings } from '../../src-shared/settings'
import type { BookStatus } from '../../src-shared/status'
import { millis, ticks, type Millis } from '../../src-shared/units'
import type { Group, Watchlist } from '../../src-shared/watchlist'
import type {
  AlertDesk,
  AlertFeed,
  Answered,
  Channels,
  Policy,
  RuleBook
} from '../../src-renderer/state/alerting'
import type { Desk, Notices, Tape, Watchlists } from '../../src-renderer/state/desk'
import type { Market, Series, TableRows, Want } from '../../src-renderer/state/market'

const ok: Saved = { ok: true }

/** 2026-01-05 15:02:11 UTC. */
export const start = millis(Date.UTC(2026, 0, 5, 15, 2, 11))

export const venues: readonly VenueSpec[] = [
  {
    id: 'sim',
    title: 'Simulated market',
    code: 'SIM',
    products: ['spot', 'linear'],
    integrity: 'chained',
    cannotDetect: '',
    simulated: true,
    endpoints: {}
  },
  {
    id: 'binance-usdm',
    title: 'Binance USD-M',
    code: 'BIN',
    products: ['linear'],
    integrity: 'chained',
    cannotDetect: '',
    simulated: false,
    endpoints: {}
  }
]

/** The engine's own catalogue, so that a panel's test fails when a field it shows is renamed. */
export const metrics: readonly MetricSpec[] = running.map((metric) => metric.spec)

/** A linear perpetual with a tick of 0.1 and a lot of 0.001. */
export function perpetual(venue: VenueId, symbol: string): Instrument {
  return {
    id: `${venue}:${symbol}`,
    venue,
    symbol,
    base: symbol.slice(0, 3),
    quote: 'USDT',
    product: 'linear',
    price: { decimals: 1, step: 1 },
    tickSize: ticks(1),
    size: { decimals: 3, step: 1 },
    contract: { of: 1, currency: 'base' },
    trading: 'trading',
    simulated: venue === 'sim'
  }
}

export const live: BookStatus = { state: 'live', reason: '', since: start }

class FakeSeries implements Series {
  version = $state(0)
  untold = $state(0)
  gaps = $state.raw<readonly (readonly [number, number])[]>([])
  readonly width = sampleHeadLength + columnsOf(metrics).length
  readonly rows: Float64Array[] = []
  readonly tradeRows: (readonly number[])[] = []
  readonly tradedAt = new Map<number, readonly [buy: number, sell: number]>()

  push(row: Float64Array): void {
    this.rows.push(row)
    this.version += 1
  }
  pushTrade(at: number, price: number, size: number, aggressor: number, flags = 0): void {
    this.tradeRows.push([at, price, size, aggressor, this.tradeRows.length, flags])
    this.version += 1
  }
  get length(): number {
    return this.rows.length
  }
  at(row: number): Millis {
    return millis(this.value(row, sampleHead.at))
  }
  value(row: number, column: number): number {
    return this.rows[row]?.[column] ?? NaN
  }
  find(at: number): number {
    const found = this.rows.findIndex((row) => row[sampleHead.at]! >= at)
    return found < 0 ? this.rows.length : found
  }
  get trades() {
    return {
      length: this.tradeRows.length,
      value: (row: number, column: number) =>
        column < tradeColumns ? (this.tradeRows[row]?.[column] ?? NaN) : NaN
    }
  }
  readonly liquidationRows: (readonly number[])[] = []
  get liquidations() {
    return {
      length: this.liquidationRows.length,
      value: (row: number, column: number) => this.liquidationRows[row]?.[column] ?? NaN
    }
  }
  traded(price: number): readonly [number, number] {
    return this.tradedAt.get(price) ?? [0, 0]
  }
}

/** A market whose every value a test sets by hand. */
export class FakeMarket implements Market {
  venues = $state.raw(venues)
  metrics = $state.raw(metrics)
  health = $state.raw<EngineHealth | undefined>(undefined)
  engine = $state.raw<Market['engine']>({ state: 'running', since: start, reason: '' })
  instruments = $state.raw<readonly Instrument[]>([])
  readonly wants: Record<string, readonly Want[]> = {}
  readonly retried: VenueId[] = []
  #statuses = $state.raw<Readonly<Record<InstrumentId, BookStatus>>>({})
  #rows = $state.raw<Readonly<Record<InstrumentId, Float64Array>>>({})
  #books = $state.raw<Readonly<Record<InstrumentId, BookView>>>({})
  readonly #series: Record<InstrumentId, FakeSeries> = {}
  #named: { readonly of: readonly MetricSpec[]; readonly places: Readonly<Record<string, number>> } = {
    of: [],
    places: {}
  }

  venue = (id: VenueId) => this.venues.find((venue) => venue.id === id)
  instrument = (id: InstrumentId) => this.instruments.find((instrument) => instrument.id === id)
  status = (id: InstrumentId): BookStatus =>
    this.#statuses[id] ?? { state: 'connecting', reason: 'nothing heard yet', since: start }
  row = (id: InstrumentId) => this.#rows[id]
  book = (id: InstrumentId) => this.#books[id]

  column(metric: string, field: string): number {
    if (this.#named.of !== this.metrics) {
      const names = columnsOf(this.metrics).map((column) => `${column.metric}|${column.field}`)
      this.#named = {
        of: this.metrics,
        places: Object.fromEntries(names.map((name, i) => [name, sampleHeadLength + i]))
      }
    }
    return this.#named.places[`${metric}|${field}`] ?? -1
  }
  figure(id: InstrumentId, metric: string, field: string): number {
    if (this.status(id).state !== 'live') return NaN
    return this.#rows[id]?.[this.column(metric, field)] ?? NaN
  }
  series(id: InstrumentId): FakeSeries {
    return (this.#series[id] ??= new FakeSeries())
  }
  replayed = $state(false)
  /** Another hello: a replay that goes elsewhere on its tape. */
  begin(id: InstrumentId): void {
    this.#series[id] = new FakeSeries()
  }
  unready = (): undefined => undefined
  table = (id: InstrumentId, metric: string): TableRows | undefined => this.tables[`${id}|${metric}`]
  events = (id: InstrumentId): readonly MarketEvent[] => this.seen.filter((it) => it.instrument === id)
  tables: Readonly<Record<string, TableRows>> = $state.raw({})
  seen = $state.raw<readonly MarketEvent[]>([])
  want(owner: string, wants: readonly Want[]): void {
    this.wants[owner] = wants
  }
  retry(venue: VenueId): void {
    this.retried.push(venue)
  }
  askCatalogue(): void {
    this.asked += 1
  }
  asked = 0

  diary = $state.raw<readonly DiaryEntry[]>([])
  #references = $state.raw<Readonly<Record<InstrumentId, ReferenceView>>>({})
  reference = (id: InstrumentId) => this.#references[id]
  refer(instrument: InstrumentId, at: Millis, figures: Partial<ReferenceView>): void {
    this.#references = {
      ...this.#references,
      [instrument]: { ...noReference(), lapsed: '', ...figures, instrument, at }
    }
  }

  setStatus(id: InstrumentId, status: BookStatus): void {
    this.#statuses = { ...this.#statuses, [id]: status }
  }
  setBook(book: BookView): void {
    this.#books = { ...this.#books, [book.instrument]: book }
  }
  /** A sample row of `metric.field` → value; what is not named is NaN. Joins the series too. */
  sample(id: InstrumentId, at: number, figures: Readonly<Record<string, number>>, coverage = 1): void {
    const row = new Float64Array(sampleHeadLength + columnsOf(this.metrics).length).fill(NaN)
    row[sampleHead.at] = at
    row[sampleHead.heardAt] = at
    row[sampleHead.venueAt] = at
    row[sampleHead.coverage] = coverage
    for (const [name, value] of Object.entries(figures)) {
      const [metric = '', field = ''] = name.split('.')
      const column = this.column(metric, field)
      if (column < 0) throw new Error(`the fake catalogue has no ${name}`)
      row[column] = value
    }
    this.#rows = { ...this.#rows, [id]: row }
    this.series(id).push(row)
  }
}

class FakeWatchlists implements Watchlists {
  lists = $state.raw<readonly Watchlist[]>([{ id: 'start', name: 'Start', instruments: [] }])
  #active = $state('start')

  get active(): Watchlist {
    return this.lists.find((list) => list.id === this.#active) ?? this.lists[0]!
  }
  groups = $state.raw<readonly Group[]>([])
  group = (id: InstrumentId) => this.groups.find((group) => group.id === id)
  createGroup(name: string, members: readonly InstrumentId[]): InstrumentId {
    const group = { id: `group:${this.groups.length + 1}`, name, members: [...members] }
    this.groups = [...this.groups, group]
    this.set([...this.active.instruments, group.id])
    return group.id
  }
  removeGroup(id: InstrumentId): void {
    this.groups = this.groups.filter((group) => group.id !== id)
    this.drop(id)
  }
  choose(id: string): void {
    this.#active = id
  }
  create(name: string): void {
    const id = `list-${this.lists.length + 1}`
    this.lists = [...this.lists, { id, name, instruments: [] }]
    this.#active = id
  }
  rename(id: string, name: string): void {
    this.lists = this.lists.map((list) => (list.id === id ? { ...list, name } : list))
  }
  remove(id: string): void {
    this.lists = this.lists.filter((list) => list.id !== id)
  }
  add(instrument: InstrumentId): void {
    this.set([...this.active.instruments, instrument])
  }
  drop(instrument: InstrumentId): void {
    this.set(this.active.instruments.filter((id) => id !== instrument))
  }
  move(instrument: InstrumentId, to: number): void {
    const rest = this.active.instruments.filter((id) => id !== instrument)
    this.set([...rest.slice(0, to), instrument, ...rest.slice(to)])
  }
  /** Replaces the active list's instruments. */
  set(instruments: InstrumentId[]): void {
    const { id } = this.active
    this.lists = this.lists.map((list) => (list.id === id ? { ...list, instruments } : list))
  }
}

class FakeRules implements RuleBook {
  rules = $state.raw<readonly Rule[]>([])
  /** What the next test answers. */
  testAnswer: Saved = ok
  readonly tested: string[] = []

  save(rule: Rule): Promise<Saved> {
    const known = this.rules.some(({ id }) => id === rule.id)
    this.rules = known ? this.rules.map((old) => (old.id === rule.id ? rule : old)) : [...this.rules, rule]
    return Promise.resolve(ok)
  }
  replace(rules: readonly Rule[]): Promise<Saved> {
    this.rules = rules
    return Promise.resolve(ok)
  }
  remove(id: string): Promise<Saved> {
    this.rules = this.rules.filter((rule) => rule.id !== id)
    return Promise.resolve(ok)
  }
  test(id: string): Promise<Saved> {
    this.tested.push(id)
    return Promise.resolve(this.testAnswer)
  }
}

class FakeAlerts implements AlertFeed {
  alerts = $state.raw<readonly Alert[]>([])
  unseen = $state(0)
  deliveries = $state.raw<Readonly<Record<string, Delivery>>>({})

  seen(): void {
    this.unseen = 0
  }
  delivery = (alert: string) => this.deliveries[alert]
}

class FakeAlertDesk implements AlertDesk {
  centre = $state.raw<AlertCentre | undefined>(undefined)
  latest = $state.raw<AlertEntry | undefined>(undefined)
  shown = $state<string | undefined>(undefined)
  /** What the history holds, in the order it answers; a page is cut from it. */
  kept: readonly AlertEntry[] = []
  keptEvidence: AlertEvidence | undefined
  keptScores: readonly RuleScore[] = []
  /** Why nothing is answered; empty when all is well. */
  away = ''
  readonly acts: AlertCommand[] = []
  readonly wishes: HistoryWish[] = []
  results = $state.raw<Readonly<Record<string, DeliveryResult>>>({})

  open(episode: string): void {
    this.shown = episode
  }
  close(): void {
    this.shown = undefined
  }
  act(command: AlertCommand): void {
    this.acts.push(command)
  }
  history(wish: HistoryWish, most: number) {
    this.wishes.push(wish)
    const all = this.kept.filter(({ alert }) => (wish.episode ?? alert.episode) === alert.episode)
    const start = wish.before === undefined ? 0 : 1 + all.findIndex((it) => it.alert.episode === wish.before)
    const entries = all.slice(start, start + most)
    return this.#answer({ entries, more: start + most < all.length })
  }
  evidence() {
    return this.#answer(this.keptEvidence)
  }
  standing: readonly StandingLevels[] = []
  levels() {
    return this.#answer(this.standing)
  }
  scores() {
    return this.#answer(this.keptScores)
  }
  probed = $state.raw<RuleProbe | undefined>(undefined)
  probing: { readonly rule: Rule; readonly instrument: InstrumentId } | undefined
  probe(wish: FakeAlertDesk['probing']): void {
    this.probing = wish
  }
  /** What a rule is estimated at; nothing was recorded unless a test says so. */
  estimated: Partial<RuleEstimate> = {}
  readonly estimates: Rule[] = []
  estimate(rule: Rule) {
    this.estimates.push(rule)
    const nothing = { ruleId: rule.id, hours: 0, fires: 0, firesPerHour: NaN, times: [], reason: '' }
    return this.#answer<RuleEstimate>({ ...nothing, ...this.estimated })
  }
  result = (channel: string) => this.results[channel]
  entries = (id: InstrumentId) => this.kept.filter(({ alert }) => alert.instrument === id)
  askEntries(): void {
    this.askedEntries += 1
  }
  askedEntries = 0

  #answer<T>(value: T): Promise<Answered<T>> {
    return Promise.resolve(this.away === '' ? { ok: true, value } : { ok: false, reason: this.away })
  }
}

class FakeTape implements Tape {
  contents = $state.raw<TapeContents | undefined>(undefined)
  replay = $state.raw<ReplayState | undefined>(undefined)
  readonly begun: (readonly [from: number, to: number, at: number | undefined])[] = []
  ask(): void {
    this.asked += 1
  }
  asked = 0
  begin(from: number, to: number, at?: number): void {
    this.begun.push([from, to, at])
  }
}

class FakeChannels implements Channels {
  settings = $state.raw<AlertChannels>(defaultAlertChannels)
  standings = $state.raw<readonly ChannelStanding[]>([])
  /** What `test` answers. */
  answer: Saved = { ok: true }
  readonly secrets: (readonly [string, string])[] = []
  readonly heard: string[] = []

  save(settings: AlertChannels): Promise<Saved> {
    this.settings = settings
    return Promise.resolve({ ok: true })
  }
  secret(name: string, secret: string): Promise<Saved> {
    this.secrets.push([name, secret])
    return Promise.resolve({ ok: true })
  }
  test(): Promise<Saved> {
    return Promise.resolve(this.answer)
  }
  hear(channel: string, side: string): void {
    this.heard.push(`${channel} ${side}`)
  }
  takeSound(severity: Alert['severity'], name: string): Promise<Saved> {
    const { sound } = this.settings
    this.settings = { ...this.settings, sound: { ...sound, files: { ...sound.files, [severity]: name } } }
    return Promise.resolve(this.answer)
  }
  dropSound(severity: Alert['severity']): Promise<Saved> {
    const { sound } = this.settings
    const files = Object.fromEntries(Object.entries(sound.files ?? {}).filter(([of]) => of !== severity))
    this.settings = { ...this.settings, sound: { ...sound, files } }
    return Promise.resolve(this.answer)
  }
}

class FakePolicy implements Policy {
  settings = $state.raw<AlertPolicy>(defaultAlertPolicy)
  save(settings: AlertPolicy): Promise<Saved> {
    this.settings = settings
    return Promise.resolve(ok)
  }
}

class FakeNotices implements Notices {
  list = $state.raw<readonly AppNotice[]>([])

  dismiss(id: string): void {
    this.list = this.list.filter((notice) => notice.id !== id)
  }
  tell(severity: AppNotice['severity'], text: string): void {
    this.list = [...this.list, { id: String(this.list.length), at: start, severity, text }]
  }
}

/** A desk for panel tests: plain values, reactive like the real one, no engine behind it. */
export class FakeDesk implements Desk {
  readonly market = new FakeMarket()
  readonly watchlists = new FakeWatchlists()
  readonly rules = new FakeRules()
  readonly alerts = new FakeAlerts()
  readonly alertDesk = new FakeAlertDesk()
  readonly tape = new FakeTape()
  readonly policy = new FakePolicy()
  readonly channels = new FakeChannels()
  readonly notices = new FakeNotices()
  runtime = $state.raw<Runtime | undefined>(undefined)
  settings = $state.raw<Settings>(defaultSettings)
  now = $state<Millis>(start)
  theme = $state<'dark' | 'light'>('dark')
  selected = $state<InstrumentId | undefined>(undefined)
  readonly shown: string[] = []
  /** What the next search picks; undefined leaves it without a choice. */
  pick: InstrumentId | undefined

  saveSettings(settings: Settings): void {
    this.settings = settings
  }
  select(instrument: InstrumentId): void {
    this.selected = instrument
  }
  readonly files: (readonly [name: string, text: string])[] = []
  /** What saving a file answers. */
  fileAnswer: Saved = ok
  saveFile(name: string, text: string): Promise<Saved> {
    this.files.push([name, text])
    return Promise.resolve(this.fileAnswer)
  }
  readonly copied: string[] = []
  copyText(text: string): Promise<Saved> {
    this.copied.push(text)
    return Promise.resolve(ok)
  }
  /** What the next file that is asked for is. */
  opened: Opened = { ok: false, reason: '' }
  openFile(): Promise<Opened> {
    return Promise.resolve(this.opened)
  }
  show(panel: string): void {
    this.shown.push(panel)
  }
  search(onPick: (instrument: InstrumentId) => void): void {
    if (this.pick !== undefined) onPick(this.pick)
  }
  /** Moves the clock by so many milliseconds. */
  pass(ms: number): void {
    this.now = millis(this.now + ms)
  }
}

/** A desk that watches these instruments, all of them live and without a sample yet. */
export function fakeDesk(...ids: InstrumentId[]): FakeDesk {
  const desk = new FakeDesk()
  desk.market.instruments = ids.map((id) => perpetual(id.split(':')[0]!, id.split(':')[1]!))
  desk.watchlists.set(ids)
  for (const id of ids) desk.market.setStatus(id, live)
  return desk
}
