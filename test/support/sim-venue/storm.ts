import { instrumentId, symbolOf } from '../../../src-shared/instrument'
import type { FeedLane } from '../../../src-main/engine/feed/lane'
import { between, chanceOf, oneOf, waitOf } from './chance'
import type { Dialect } from './dialect'
import { printsOf } from './dialect'
import type { FrameFaults } from './frame-faults'
import type { Lie, Outage } from './oracle'
import type { SimDesk } from './sim-desk'
import { simDesk } from './sim-desk'
import type { Venue } from '../../../src-main/engine/venues/venue'

export interface StormOptions {
  readonly dialect: Dialect
  readonly seed: number
  /** Length of the storm, minutes of the venue's time. */
  readonly minutes: number
  /** The adapter under test; the dialect's own when left out. */
  readonly venue?: Venue
  /** Only losses a reader can prove, on a line that stays up: what time to truth is measured with. */
  readonly only?: 'gaps'
  readonly restErrors?: number
  /** Mean time between two faults, ms. */
  readonly paceMs?: number
  /** Each book at a pace of its own, from a liquid perp's to a sleepy option's; else all at that of a busy one. */
  readonly mixed?: boolean
}

export interface StormReport {
  readonly venue: string
  readonly seed: number
  readonly mixed: boolean
  readonly lies: readonly Lie[]
  readonly outages: readonly Outage[]
  /** Faults other than lost messages, from the beginning to the end of each, monotonic ms. */
  readonly strikes: readonly Strike[]
  /** Books that were not live ten seconds after everything was right again, in words. */
  readonly late: readonly string[]
  /** Faults that happened, by name. */
  readonly faults: ReadonlyMap<string, number>
  readonly messages: number
  readonly looks: number
  readonly hours: number
  /** What happened when: faults and statuses, for who looks for a cause. */
  readonly trace: readonly (readonly [at: number, what: string])[]
  /** Share of the storm in which books were live. */
  readonly liveShare: number
}

export interface Strike {
  readonly from: number
  readonly to: number
}

/** One kind of trouble. `lift` is called after `lastsMs`. */
interface Fault {
  readonly name: string
  readonly strike: (desk: SimDesk, chance: () => number) => (() => void) | undefined
  readonly lastsMs?: readonly [number, number]
  /** Only where a reader can prove that something is missing. */
  readonly needsProof?: boolean
  /** Only where a print that is missing shows. */
  readonly needsNumbers?: boolean
}

/** Mean time between two messages of a book, ms. */
const BUSY_MS = 300
const PACES_MS = [150, BUSY_MS, 1_000, 4_000, 12_000]

const symbolIn = ({ sim }: SimDesk, chance: () => number) => oneOf(chance, sim.listings).symbol
const onBook =
  (act: (desk: SimDesk, symbol: string, chance: () => number) => void): Fault['strike'] =>
  (desk, chance) => {
    act(desk, symbolIn(desk, chance), chance)
    return undefined
  }
/** What comes before the first of an instrument that is told to who watches, nothing can show. */
const onPrints = (act: (faults: FrameFaults, stream: string) => void): Fault['strike'] =>
  onBook(({ network, feed, sim }, symbol) => {
    const lane = feed.lane(instrumentId(sim.dialect.venue.spec.id, symbol))
    if (lane && lane.counters.trades > 0) act(network.faults, printsOf(symbol))
  })
const onRest =
  (...kinds: readonly ('old' | 'html' | 'cut' | 'lost')[]): Fault['strike'] =>
  ({ network }, chance) => {
    network.restFaults.push({ kind: oneOf(chance, kinds) })
    return undefined
  }

const gaps: readonly Fault[] = [
  { name: 'a message lost', needsProof: true, strike: onBook(({ network }, it) => network.faults.drop(it)) },
  {
    name: 'messages lost',
    needsProof: true,
    strike: onBook(({ network }, it, chance) => network.faults.drop(it, between(chance, 2, 12)))
  },
  {
    name: 'two messages swapped',
    needsProof: true,
    strike: onBook(({ network }, it) => network.faults.swap(it))
  }
]

const others: readonly Fault[] = [
  { name: 'a message twice', strike: onBook(({ network }, it) => network.faults.duplicate(it)) },
  {
    name: 'a trade lost',
    needsNumbers: true,
    strike: onPrints((faults, it) => {
      faults.drop(it)
    })
  },
  {
    name: 'a trade twice',
    needsNumbers: true,
    strike: onPrints((faults, it) => {
      faults.duplicate(it)
    })
  },
  {
    name: 'two trades swapped',
    needsNumbers: true,
    strike: onPrints((faults, it) => {
      faults.swap(it)
    })
  },
  {
    name: 'a trade cut short',
    needsNumbers: true,
    strike: onPrints((faults, it) => {
      faults.truncate(it)
    })
  },
  { name: 'a message cut short', strike: onBook(({ network }, it) => network.faults.truncate(it)) },
  {
    name: 'one book silent',
    needsProof: true,
    lastsMs: [500, 25_000],
    strike: ({ network, ...desk }, chance) => {
      const symbol = symbolIn({ network, ...desk }, chance)
      network.faults.muted.add(symbol)
      return () => network.faults.muted.delete(symbol)
    }
  },
  {
    name: 'one message again and again',
    needsProof: true,
    lastsMs: [500, 15_000],
    strike: ({ network, ...desk }, chance) => {
      const symbol = symbolIn({ network, ...desk }, chance)
      network.faults.stuck.add(symbol)
      return () => network.faults.stuck.delete(symbol)
    }
  },
  {
    name: 'a line cut',
    strike: ({ network }) => {
      network.cut()
      return undefined
    }
  },
  {
    name: 'a line half open',
    strike: ({ network }) => {
      network.halfOpen()
      return undefined
    }
  },
  {
    name: 'connections refused',
    lastsMs: [1_000, 20_000],
    strike: ({ network }) => {
      network.weather.refuses = 'connection refused'
      network.cut()
      return () => (network.weather.refuses = undefined)
    }
  },
  {
    name: 'requests of the client unheard',
    lastsMs: [1_000, 12_000],
    strike: ({ network }) => {
      network.weather.deaf = true
      network.cut()
      return () => (network.weather.deaf = false)
    }
  },
  {
    name: 'a narrow line',
    lastsMs: [1_000, 6_000],
    strike: ({ network }, chance) => {
      network.weather.slowMs = between(chance, 50, 800)
      return () => (network.weather.slowMs = 0)
    }
  },
  {
    name: 'a long way',
    lastsMs: [1_000, 10_000],
    strike: ({ network }, chance) => {
      network.weather.latencyMs = between(chance, 100, 1_500)
      return () => (network.weather.latencyMs = 50)
    }
  },
  {
    name: 'failing requests',
    lastsMs: [1_000, 10_000],
    strike: ({ network }) => {
      network.weather.restErrors = 0.4
      return () => (network.weather.restErrors = 0)
    }
  },
  { name: 'an answer gone wrong', strike: onRest('html', 'cut', 'lost') },
  // Where no id tells that something lies between the two, a cached snapshot may always be one.
  { name: 'an old answer', needsProof: true, strike: onRest('old') },
  {
    name: 'too many requests',
    strike: ({ network }) => {
      network.restFaults.push({ kind: 'status', status: 429, retryAfterMs: 3_000 })
      return undefined
    }
  },
  {
    name: 'ids begin anew, lines cut',
    strike: ({ network }) => {
      network.restart()
      return undefined
    }
  },
  {
    name: 'a quiet market',
    lastsMs: [2_000, 90_000],
    strike: ({ sim, ...desk }, chance) => {
      const symbol = symbolIn({ sim, ...desk }, chance)
      const pace = sim.paces.get(symbol)!
      sim.pace(symbol, 60_000)
      return () => {
        sim.pace(symbol, Infinity)
        sim.pace(symbol, pace === 60_000 ? BUSY_MS : pace)
      }
    }
  },
  {
    name: 'watched no more and again',
    lastsMs: [10, 3_000],
    strike: ({ feed, ids, oracle, network }) => {
      feed.watch(new Set(ids.slice(1)))
      network.faults.spare(printsOf(symbolOf(ids[0]!)))
      oracle.left(ids[0]!)
      return () => {
        feed.watch(new Set(ids))
      }
    }
  },
  {
    name: 'a busy process',
    strike: ({ clock }, chance) => {
      clock.freeze(between(chance, 300, 9_000))
      return undefined
    }
  },
  {
    name: 'sleep',
    strike: ({ clock }, chance) => {
      clock.freeze(between(chance, 15_000, 3_600_000))
      return undefined
    }
  },
  {
    name: 'the clock is set',
    strike: ({ clock }, chance) => {
      clock.setWall(between(chance, -60_000, 3_600_000))
      return undefined
    }
  }
]

/** Faults for a while, then none: whatever is called live must be true all along, and all must be live soon after. */
export async function storm(options: StormOptions): Promise<StormReport> {
  const { dialect, seed, minutes, venue, only, restErrors = 0, paceMs = 9_000, mixed = false } = options
  const desk = simDesk(dialect, { seed, ...(venue ? { venue } : {}) })
  const chance = chanceOf(seed * 7 + 3)
  const { clock, network, oracle, feed, ids } = desk
  // Ten minutes take 30,000.
  clock.mostTurns = 500_000 + 100_000 * minutes
  const proves = dialect.proven > 0
  const kinds = (only ? gaps : [...gaps, ...others]).filter(
    ({ needsProof, needsNumbers }) => (proves || !needsProof) && (dialect.numbersDeals || !needsNumbers)
  )
  const faults = new Map<string, number>()
  const lifts: (() => void)[] = []
  const trace: [number, string][] = []
  const strikes: Strike[] = []
  await desk.goLive(30_000)
  network.weather.restErrors = restErrors
  if (mixed) for (const { symbol } of desk.sim.listings) desk.sim.pace(symbol, oneOf(chance, PACES_MS))
  const began = clock.mono()
  let [live, seen] = [0, 0]
  // Time that the computer sleeps through is no storm.
  let frozen = 0
  while (clock.mono() - began - frozen < minutes * 60_000) {
    await clock.pass(Math.min(500, waitOf(chance, paceMs)))
    oracle.sample()
    seen += ids.length
    live += ids.filter((id) => feed.lane(id)?.isLive).length
    if (chance() > 500 / paceMs) continue
    const fault = oneOf(chance, kinds)
    trace.push([clock.mono(), `FAULT ${fault.name}`])
    faults.set(fault.name, (faults.get(fault.name) ?? 0) + 1)
    const mono = clock.mono()
    const lift = fault.strike(desk, chance)
    frozen += clock.mono() - mono
    const lasts = lift ? between(chance, ...(fault.lastsMs ?? [0, 0])) : 0
    if (!gaps.includes(fault)) strikes.push({ from: mono, to: clock.mono() + lasts })
    if (!lift) continue
    trace.push([clock.mono(), `  for ${lasts} ms`])
    lifts.push(lift)
    clock.after(lasts, lift)
  }
  for (const lift of lifts) lift()
  network.heal()
  const late = only ? [] : await healed(desk)
  oracle.checkPrints()
  desk.stop()
  for (const { id, status, mono } of oracle.statuses)
    trace.push([mono, `${id} ${status.state}: ${status.reason} ${status.nextAttemptAt ?? ''}`])
  trace.sort(([one], [other]) => one - other)
  const hours = (clock.mono() - began - frozen) / 3_600_000
  return {
    ...{
      venue: dialect.venue.spec.id,
      seed,
      mixed,
      lies: oracle.lies,
      outages: oracle.outages,
      strikes,
      late,
      faults,
      hours,
      trace
    },
    ...{ messages: feed.counts().frames + desk.sim.steps, looks: oracle.looks, liveShare: live / seen }
  }
}

const HEALED_MS = 10_000

/**
 * Ten seconds after what each book itself says will be its next attempt; that of a line which the storm has left half open is told when that shows, within ten
 * seconds, and when a book is checked next whose checksums disagreed too often, once it stands again.
 */
async function healed({ clock, feed, ids, oracle }: SimDesk): Promise<string[]> {
  const planned = ({ status, plannedAt }: FeedLane) =>
    Math.max(0, (status.nextAttemptAt ?? plannedAt ?? 0) - clock.now())
  const late: string[] = []
  const shown = clock.mono() + HEALED_MS
  for (const id of ids) {
    let deadline = clock.mono() + HEALED_MS + planned(feed.lane(id)!)
    let isChecked = false
    while (!feed.lane(id)!.isLive && clock.mono() < deadline) {
      const lane = feed.lane(id)!
      const [mono, wait, isUnverified] = [clock.mono(), planned(lane), lane.status.state === 'unverified']
      if (wait > 0 && (mono < shown || (isUnverified && !isChecked)))
        deadline = Math.max(deadline, mono + HEALED_MS + wait)
      isChecked ||= isUnverified && wait > 0
      await clock.pass(100)
      oracle.sample()
    }
    const { state, reason } = feed.lane(id)!.status
    if (!feed.lane(id)!.isLive) late.push(`${id} is ${state}: ${reason}`)
  }
  return late
}

/** What failed, with the command that runs it again; undefined when nothing did. */
export function failureOf(
  { venue, seed, mixed, lies, late }: StormReport,
  minutes: number
): string | undefined {
  if (lies.length + late.length === 0) return undefined
  const what = [
    ...lies.slice(0, 3).map(({ id, what: said, at }) => `${id} ${said} (at ${Math.round(at)} ms)`),
    ...late
  ]
  return `${what.join('; ')}\n  again: npm run soak -- storm --venue ${venue} --seed ${seed} --storm-minutes ${minutes}${mixed ? ' --mixed' : ''}`
}
