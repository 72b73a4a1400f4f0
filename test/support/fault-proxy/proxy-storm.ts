import { between, chanceOf, oneOf } from '../sim-venue/chance'
import type { Dialect } from '../sim-venue/dialect'
import type { Lie } from '../sim-venue/oracle'
import type { ProxyDesk } from './proxy-desk'
import { proxyDesk } from './proxy-desk'

export interface ProxyStormReport {
  readonly lies: readonly Lie[]
  /** Books that were not live long after everything was right again, in words. */
  readonly late: readonly string[]
  readonly faults: readonly string[]
}

/** Faults of one storm, and the feed's time between two of them, ms. */
const FAULTS = 12
const PAUSE_MS = [500, 6_000] as const
/** A feed that backs off after a dozen faults waits for half a minute, and then it connects. */
const HEALED_MS = 90_000

type Fault = (desk: ProxyDesk, chance: () => number) => void

const faults: Readonly<Record<string, Fault>> = {
  latency: ({ proxy }, chance) => Object.assign(proxy.weather, { latencyMs: between(chance, 50, 900) }),
  jitter: ({ proxy }, chance) => Object.assign(proxy.weather, { jitterMs: between(chance, 50, 900) }),
  drip: ({ proxy }, chance) => Object.assign(proxy.weather, { bytesPerSecond: between(chance, 200, 4_000) }),
  drop: ({ proxy, symbol, dialect }) => {
    // Where nothing proves a loss, nobody could know of it.
    if (dialect.proven > 0) proxy.faults.drop(symbol)
  },
  duplicate: ({ proxy, symbol }) => {
    proxy.faults.duplicate(symbol)
  },
  reorder: ({ proxy, symbol, dialect }) => {
    if (dialect.proven > 0) proxy.faults.swap(symbol)
  },
  truncate: ({ proxy, symbol }) => {
    proxy.faults.truncate(symbol)
  },
  freeze: ({ proxy }) => {
    proxy.freeze()
  },
  'half-open': ({ proxy }) => {
    proxy.halfOpen()
  },
  reset: ({ proxy }) => {
    proxy.reset()
  },
  'cut within a message': ({ proxy }) => {
    proxy.cutWithin()
  },
  'an oversized bomb': ({ proxy }) => {
    proxy.bomb('oversized')
  },
  'a compressed bomb': ({ proxy }) => {
    proxy.bomb('compressed')
  },
  'an answer cut short': ({ server }) => {
    server.restFaults.push('cut')
  },
  healed: ({ proxy }) => {
    proxy.heal()
  }
}

/** A dozen faults by chance on real sockets, then everything is right again. */
export async function proxyStorm(dialect: Dialect, seed: number): Promise<ProxyStormReport> {
  const desk = await proxyDesk(dialect, seed)
  const chance = chanceOf(seed)
  const passed = (ms: number) => new Promise<void>((resolve) => desk.clock.after(ms, resolve))
  const struck: string[] = []
  const late: string[] = []
  // How old what is called live may be, the virtual clock's storms look at: here the machine itself may stand still.
  desk.oracle.boundsAge = false
  await desk.live()
  for (let n = 0; n < FAULTS; n++) {
    const name = oneOf(chance, Object.keys(faults))
    struck.push(name)
    faults[name]!(desk, chance)
    await passed(between(chance, ...PAUSE_MS))
  }
  desk.proxy.heal()
  desk.server.restFaults.length = 0
  const deadline = desk.clock.mono() + HEALED_MS
  while (!desk.ids.every((id) => desk.feed.lane(id)?.isLive) && desk.clock.mono() < deadline)
    await passed(200)
  for (const id of desk.ids) {
    const { isLive, status } = desk.feed.lane(id)!
    if (!isLive) late.push(`${id} is ${status.state}: ${status.reason}`)
  }
  await desk.stop()
  return { lies: desk.oracle.lies, late, faults: struck }
}
