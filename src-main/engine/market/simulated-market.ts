import type { Millis } from '../../../src-shared/units'
import { Episodes } from './episodes/episodes'
import { FIRST_RUN_HOLD_MS, FIRST_RUN_MS, FIRST_RUN_SYMBOL, firstRun } from './episodes/first-run'
import type { EpisodeRates } from './episodes/rates'
import { usualRates } from './episodes/rates'
import type { EpisodeWish } from './episodes/stage'
import type { Pit } from './pit'
import type { Preset } from './preset'
import { presets } from './presets'
import type { Regime } from './regimes'
import type { EpisodeKind, Truth } from './truth'
import { Wire } from './wire'
import { World } from './world'

const SNAPSHOT_LEVELS = 1000

export interface MarketOptions {
  /** Same seed, same bytes. */
  readonly seed: number
  /** Symbols on offer; all six when left out. They run once subscribed. */
  readonly instruments?: readonly string[]
  /** One regime for ever; otherwise active at first, then free. */
  readonly regime?: Regime
  /** The market's clock at the start. */
  readonly at: Millis
  /** `free` (usual rates) when left out; `first-run` is `free` with the newcomer's script on BTC-PERP. */
  readonly episodes?: 'first-run' | 'free' | 'none' | EpisodeRates
  /** Levels a side in a snapshot; 1000 when left out. */
  readonly snapshotLevels?: number
}

/**
 * A whole made-up market behind the dialect `steelyard-sim/1` (README.md). Frames go to `send` while `run`, `subscribe`,
 * `snapshot` and `hello` are under way; what really happens goes to `truth`, for tests only. Unknown symbols are bugs of the
 * caller and throw RangeErrors.
 */
export class SimulatedMarket {
  readonly #options: MarketOptions
  readonly #offered: readonly Preset[]
  readonly #wire: Wire
  readonly #world: World
  readonly #episodes: Episodes
  #wasScriptPlanted = false

  constructor(options: MarketOptions, send: (frame: string) => void, truth?: (fact: Truth) => void) {
    const { seed, at, regime, instruments, episodes = 'free' } = options
    const holdMs = episodes === 'first-run' ? FIRST_RUN_HOLD_MS : 0
    this.#options = options
    this.#offered = instruments ? instruments.map(presetOf) : presets
    this.#wire = new Wire(send)
    this.#world = new World({ seed, at, regime, holdMs, sink: this.#wire, truth })
    this.#episodes = new Episodes(this.#world, ratesOf(episodes))
  }

  /** The market's clock: where the last `run` or `jump` left it, in whole milliseconds. */
  get at(): Millis {
    return this.#world.clock
  }

  /** Symbols that run. */
  get subscribed(): readonly string[] {
    return this.#world.pits.map((it) => it.preset.symbol)
  }

  /** Sends the hello frame and the list of instruments on offer. */
  hello(): void {
    this.#wire.hello(this.at, this.#options.seed)
    this.#wire.instruments(this.at, this.#offered)
  }

  /** Starts instruments that do not run yet, each with a snapshot; from there on they send. */
  subscribe(symbols: readonly string[]): void {
    for (const symbol of symbols) {
      const preset = this.#preset(symbol)
      if (this.#world.pit(symbol)) continue
      this.#start(preset)
      this.snapshot(symbol)
    }
  }

  /** Stops instruments: they cost nothing and send nothing until subscribed again, when a fresh book opens with higher ids. */
  unsubscribe(symbols: readonly string[]): void {
    for (const symbol of symbols) {
      const pit = this.#world.pit(this.#preset(symbol).symbol)
      if (!pit) continue
      this.#episodes.stopped(pit)
      this.#world.stop(pit)
    }
  }

  /** Sends what is pending, then the whole book of a subscribed instrument. */
  snapshot(symbol: string): void {
    const pit = this.#world.pit(symbol)
    if (!pit) throw new RangeError(`${symbol} is not subscribed`)
    pit.snapshot(this.#options.snapshotLevels ?? SNAPSHOT_LEVELS)
  }

  /** Everything up to and including `until`. How a span is cut into runs never changes the bytes; an earlier time does nothing. */
  run(until: Millis): void {
    this.#world.run(this.#world.agenda.inner(until))
  }

  /**
   * After a sleep: the clock leaps to `at` and the market goes on as if no time had passed; a night is not replayed. Books
   * stay in sequence; fresh snapshots are the caller's to ask for. An earlier time does nothing.
   */
  jump(at: Millis): void {
    const { agenda } = this.#world
    agenda.leap(Math.max(0, agenda.inner(at) - agenda.now))
  }

  /** Plants one episode at `at`, beside those that come by chance. On an instrument that does not run then, it is missed, and told so. */
  plant(at: Millis, kind: EpisodeKind, symbol: string, wish: EpisodeWish = {}): void {
    const { asset, kind: product } = this.#preset(symbol)
    if (kind === 'cascade' && product === 'spot') throw new RangeError('nobody is liquidated on a spot book')
    this.#episodes.plant(this.#world.agenda.inner(at), kind, symbol, asset, wish)
  }

  #start(preset: Preset): void {
    const pit = this.#world.start(preset)
    const isScripted =
      this.#options.episodes === 'first-run' && preset.symbol === FIRST_RUN_SYMBOL && !this.#wasScriptPlanted
    if (!isScripted) {
      this.#episodes.started(pit)
      return
    }
    this.#wasScriptPlanted = true
    this.#episodes.started(pit, FIRST_RUN_MS)
    this.#plantScript(pit)
  }

  #plantScript({ preset }: Pit): void {
    const { now } = this.#world.agenda
    for (const { afterMs, kind, wish } of firstRun)
      this.#episodes.plant(now + afterMs, kind, preset.symbol, preset.asset, wish)
  }

  #preset(symbol: string): Preset {
    const preset = this.#offered.find((it) => it.symbol === symbol)
    if (!preset) throw new RangeError(`${symbol} is not on offer`)
    return preset
  }
}

function presetOf(symbol: string): Preset {
  const preset = presets.find((it) => it.symbol === symbol)
  if (!preset) throw new RangeError(`there is no instrument ${symbol}`)
  return preset
}

function ratesOf(episodes: 'first-run' | 'free' | 'none' | EpisodeRates): EpisodeRates {
  if (episodes === 'none') return {}
  return episodes === 'free' || episodes === 'first-run' ? usualRates : episodes
}
