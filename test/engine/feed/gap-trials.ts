import { between, chanceOf, oneOf } from '../../support/sim-venue/chance'
import type { Dialect } from '../../support/sim-venue/dialect'
import type { SimDesk } from '../../support/sim-venue/sim-desk'
import { simDesk } from '../../support/sim-venue/sim-desk'

export interface GapTrials {
  /** For each book that left live: from the gap, or from the last message lost where that came later, until it was live again; ms, rising. */
  readonly times: readonly number[]
  readonly lies: number
  /** Books that were never live again, in words. */
  readonly dark: readonly string[]
}

export interface GapTrialOptions {
  readonly dialect: Dialect
  readonly seed: number
  readonly gaps: number
  /** Share of requests that fail. */
  readonly restErrors: number
}

/** Longer than the minute without trouble after which waits start over. */
const APART_MS = 65_000
/** Three checksums that disagree within five minutes are taken for the venue's own mistake. */
const CHECKSUMS_APART_MS = 160_000
const PATIENCE_MS = 30_000
/** Mean time between two messages of a book around a gap, and in the long pauses between. */
const BUSY_MS = 100
const CALM_MS = 1_000

const faults = [
  ({ network }: SimDesk, symbol: string) => {
    network.faults.drop(symbol)
  },
  ({ network }: SimDesk, symbol: string, chance: () => number) => {
    network.faults.drop(symbol, between(chance, 2, 12))
  },
  ({ network }: SimDesk, symbol: string) => {
    network.faults.swap(symbol)
  }
]

/** One loss after another on a line that stays up, 100 ms there and back. While messages are still being lost no book can be true: that time is not counted. */
export async function gapTrials({ dialect, seed, gaps, restErrors }: GapTrialOptions): Promise<GapTrials> {
  const desk = simDesk(dialect, { seed, paceMs: CALM_MS })
  // Some minutes of the venue's time for each, with messages of two books.
  desk.clock.mostTurns = 500_000 + 10_000 * gaps
  const pace = (ms: number) => {
    for (const { symbol } of desk.sim.listings) desk.sim.pace(symbol, ms)
  }
  const chance = chanceOf(seed + 11)
  const lostAt = watchLosses(desk)
  const apart = dialect.venue.spec.integrity === 'checksummed' ? CHECKSUMS_APART_MS : APART_MS
  await desk.goLive(30_000)
  await desk.clock.pass(apart)
  desk.network.weather.restErrors = restErrors
  const times: number[] = []
  const dark: string[] = []
  for (let gap = 0; gap < gaps; gap++) {
    const from = desk.oracle.outages.length
    pace(BUSY_MS)
    await desk.clock.pass(3_000)
    oneOf(chance, faults)(desk, oneOf(chance, desk.sim.listings).symbol, chance)
    await desk.until(() => desk.oracle.outages.length > from, 10_000)
    await desk.until(() => desk.ids.every((id) => desk.feed.lane(id)!.isLive), PATIENCE_MS)
    pace(CALM_MS)
    await desk.clock.pass(apart)
    for (const outage of desk.oracle.outages.slice(from)) {
      if (Number.isNaN(outage.to)) dark.push(`${outage.id} ${outage.state}`)
      else times.push(outage.to - Math.max(outage.from, lostAt.before(outage.to)))
    }
  }
  desk.stop()
  return { times: times.sort((one, other) => one - other), lies: desk.oracle.lies.length, dark }
}

/** When messages were lost or came out of turn, monotonic ms. */
function watchLosses({ network, clock }: SimDesk) {
  const at: number[] = []
  const { faults: frames } = network
  const through = frames.through.bind(frames)
  frames.through = (text, book) => {
    const sent = through(text, book)
    if (sent.length !== 1) at.push(clock.mono())
    return sent
  }
  return { before: (mono: number): number => at.findLast((it) => it <= mono) ?? -Infinity }
}

/** The value that `share` of all do not exceed. */
export function quantile(rising: readonly number[], share: number): number {
  return rising[Math.max(0, Math.ceil(share * rising.length) - 1)] ?? NaN
}
