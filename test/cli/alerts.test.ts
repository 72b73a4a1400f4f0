import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { alerts } from '../../src-main/cli/alerts'
import { Backtest } from '../../src-main/engine/replay/backtest'
import type { EngineFeed } from '../../src-main/engine/engine'
import { Engine } from '../../src-main/engine/engine'
import { SimulatedMarket } from '../../src-main/engine/market/simulated-market'
import { imbalance } from '../../src-main/engine/metrics/imbalance/index'
import { price } from '../../src-main/engine/metrics/price/index'
import { spread } from '../../src-main/engine/metrics/spread/index'
import type { TapeFrame } from '../../src-main/engine/tape/line'
import { readLine } from '../../src-main/engine/tape/line'
import { Replay } from '../../src-main/engine/tape/replay'
import { simulated } from '../../src-main/engine/venues/simulated/index'
import type { Alert } from '../../src-shared/alert'
import { millis } from '../../src-shared/units'
import { configuration } from '../engine/engine/fake-feed'
import { FakeClock } from '../support/fake-clock'
import { plainRule } from '../support/plain-rule'

const start = 1_800_000_000_000
const minutes = 2
const scope = { kind: 'instrument', instrument: 'sim:BTC-PERP' } as const
const rule = plainRule({
  scope,
  field: 'l1',
  on: 0.5,
  off: 0.2,
  smoothMs: 500,
  minMs: 500,
  cooldownMs: 5_000
})

const nothing = (): void => undefined
/** The frames come by hand. */
const silentFeed: EngineFeed = {
  ...{ watch: nothing, configure: nothing, retry: nothing, askInstruments: nothing },
  ...{ links: () => [], catalogues: () => [], suspend: nothing, resume: nothing, stop: nothing },
  counts: () => ({ frames: 0, gaps: 0, resyncs: 0, rejected: 0 })
}

let folder = ''
let tape = ''
let said = ''
let complained = ''
/** What the simulated venue says in some minutes, at the times it says it. */
const frames: TapeFrame[] = []
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'steelyard-backtest-'))
  const lines: string[] = []
  const market = new SimulatedMarket({ seed: 7, at: millis(start), episodes: 'none' }, (raw) => {
    const line = JSON.stringify({ t: (market.at / 1_000).toFixed(3), k: 'rx', raw })
    lines.push(line)
    frames.push(readLine(Buffer.from(line))!)
  })
  market.hello()
  market.subscribe(['BTC-PERP'])
  for (let at = start; at < start + minutes * 60_000; at += 40) market.run(millis(at))
  tape = join(folder, 'sim.jsonl')
  writeFileSync(tape, lines.join('\n') + '\n')
  writeFileSync(join(folder, 'rules.json'), JSON.stringify({ version: 2, rules: [rule] }))
}, 60_000)
afterAll(() => {
  rmSync(folder, { recursive: true })
})
beforeEach(() => {
  said = complained = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((said += String(text)), true))
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((complained += String(text)), true))
})
afterEach(() => {
  vi.restoreAllMocks()
})

test('says of a tape how often each rule fires, and what the market did then', async () => {
  expect(await alerts(['backtest', join(folder, 'rules.json'), tape, '--venue', 'sim'])).toBe(0)
  expect(said).toMatch(/Strong imbalance \(r\): \d+ fires, [\d.]+ an instrument-hour/)
  expect(said).toMatch(/Z r sim:BTC-PERP bid \+0\.\d\d at \+0\.50; bps after 1 s/)
})

test('twice the same tape is twice the same list, byte for byte', { timeout: 60_000 }, async () => {
  const run = async () => {
    said = ''
    await alerts(['backtest', join(folder, 'rules.json'), tape, '--venue', 'sim', '--json'])
    return said
  }
  const first = await run()
  expect((JSON.parse(first) as { alerts: unknown[] }).alerts.length).toBeGreaterThan(2)
  expect(await run()).toBe(first)
})

test('the live list is the list of the tape of the same run', { timeout: 60_000 }, async () => {
  const metrics = [price, spread, imbalance]
  const backtest = new Backtest([rule], metrics)
  const replayed = new Replay(simulated, backtest)
  const clock = new FakeClock(start)
  const reported: Alert[] = []
  let live: Replay | undefined
  const engine = new Engine({
    ...{ clock, metrics, venues: [simulated.spec] },
    probe: { cpu: () => 0, memory: () => 0, loopDelay: () => ({ p50: 0, p99: 0, most: 0 }) },
    report: (report) => {
      if (report.kind === 'alert') reported.push(report.alert)
    },
    feed: (listener) => {
      live = new Replay(simulated, listener)
      return silentFeed
    }
  })
  engine.control(configuration([rule]))
  for (const frame of frames) {
    await clock.pass(frame.at - clock.now())
    backtest.until(millis(frame.at))
    live!.take(frame)
    replayed.take(frame)
  }
  engine.stop()
  expect(backtest.alerts.length).toBeGreaterThan(4)
  const listOf = (list: readonly Alert[]) =>
    list.map(({ id, value, threshold, at, since, mid, peak }) => ({
      id,
      value,
      threshold,
      at,
      since,
      mid,
      peak
    }))
  expect(listOf(reported)).toEqual(listOf(backtest.alerts))
})

test('refuses in words what is no rule file and no command', async () => {
  writeFileSync(join(folder, 'wrong.json'), JSON.stringify({ version: 2, rules: [{ ...rule, side: 'up' }] }))
  expect(await alerts(['backtest', join(folder, 'wrong.json'), tape, '--venue', 'sim'])).toBe(2)
  expect(complained).toContain('rules.0.side')
  expect(await alerts(['backtest', join(folder, 'absent.json'), tape])).toBe(2)
  expect(await alerts(['nonsense'])).toBe(2)
  expect(complained).toContain('alerts backtest <rules.json>')
})
