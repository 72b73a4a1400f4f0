import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { alerts } from '../../src-main/cli/alerts'
import { Backtest } from '../../src-main/engine/replay/backtest'
import type { EngineFeed } from '../../src-main/engine/engine-parts'
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
import type { AlertPolicy } from '../../src-shared/alerts/policy'
import { defaultAlertPolicy } from '../../src-shared/alerts/policy'
import { symbolOf } from '../../src-shared/instrument'
import type { Rule } from '../../src-shared/rule'
import { millis } from '../../src-shared/units'
import { configuration } from '../engine/engine/fake-feed'
import { FakeClock } from '../support/fake-clock'
import { plainRule } from '../support/plain-rule'
import { heldTerminal } from '../support/terminal'

/** 08:00:20 UTC. */
const start = 1_800_000_020_000
const seconds = 60
/** The commands read only so much of it. */
const readSeconds = 40
const ids = ['sim:BTC-PERP', 'sim:ETH-USDT'] as const
const scope = { kind: 'watchlist', watchlist: 'list' } as const
const rule = plainRule({
  scope,
  field: 'l1',
  on: 0.3,
  off: 0.1,
  smoothMs: 0,
  minMs: 100,
  cooldownMs: 1_000
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
const terminal = heldTerminal()
/** What the simulated venue says in some minutes, at the times it says it. */
const frames: TapeFrame[] = []
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'steelyard-backtest-'))
  const lines: string[] = []
  const market = new SimulatedMarket({ seed: 7, at: millis(start), episodes: 'none' }, (raw) => {
    const line = JSON.stringify({ t: (market.at / 1_000).toFixed(3), k: 'rx', raw })
    if (market.at < start + readSeconds * 1_000) lines.push(line)
    frames.push(readLine(Buffer.from(line))!)
  })
  market.hello()
  market.subscribe(ids.map(symbolOf))
  for (let at = start; at < start + seconds * 1_000; at += 40) market.run(millis(at))
  tape = join(folder, 'sim.jsonl')
  writeFileSync(tape, lines.join('\n') + '\n')
  writeFileSync(join(folder, 'rules.json'), JSON.stringify({ version: 2, rules: [rule] }))
}, 60_000)
afterAll(() => {
  rmSync(folder, { recursive: true })
})

test('says of a tape how often each rule fires, and what the market did then', async () => {
  expect(await alerts(['backtest', join(folder, 'rules.json'), tape, '--venue', 'sim'])).toBe(0)
  expect(terminal.said).toMatch(
    /Strong imbalance \(r\): \d+ fires, [\d.]+ an instrument-hour\n {2}told \d+, on some channels \d+/
  )
  expect(terminal.said).toMatch(
    / {2}after 5 s \d+ of \d+ with its side, \d+ % \(\d+ % to \d+ %\), mean net [+−][\d.]+ bps/
  )
  expect(terminal.said).toMatch(
    /Z r sim:[A-Z-]+ bid \+0\.\d\d at \+0\.30; (told on|desktop withheld: )[^;]+; bps after 1 s/
  )
})

test('twice the same tape is twice the same list, byte for byte', async () => {
  const run = async () => {
    terminal.forget()
    await alerts(['backtest', join(folder, 'rules.json'), tape, '--venue', 'sim', '--json'])
    return terminal.said
  }
  const first = await run()
  expect((JSON.parse(first) as { alerts: unknown[] }).alerts.length).toBeGreaterThan(2)
  expect(await run()).toBe(first)
})

/** Everything that holds an alert back. */
const strict: AlertPolicy = {
  ...defaultAlertPolicy,
  zone: 'UTC',
  quiet: [
    {
      ...{ id: 'q', enabled: true, days: [1, 2, 3, 4, 5, 6, 7], from: '07:00', to: '09:00' },
      ...{ channels: ['sound'], criticalPasses: false }
    }
  ],
  storm: { instruments: 2, withinMs: 10_000, waitMs: 300 },
  budget: { ...defaultAlertPolicy.budget, perMinute: 6, burst: 1 },
  autoQuiet: { ...defaultAlertPolicy.autoQuiet, fires: 3 }
}

test('the live list is the list of the tape of the same run, with what the policy told and withheld', async () => {
  const metrics = [price, spread, imbalance]
  const rules = [
    rule,
    { ...rule, id: 'critical', severity: 'critical', channels: ['feed', 'desktop', 'sound'] },
    { ...rule, id: 'info', severity: 'info', minMs: 300 }
  ] satisfies Rule[]
  const backtest = new Backtest(rules, metrics, { policy: strict })
  const replayed = new Replay(simulated, backtest)
  const clock = new FakeClock(start)
  const reported: Alert[] = []
  let live: Replay | undefined
  const engine = new Engine({
    ...{ clock, metrics, venues: [simulated.spec] },
    probe: { cpu: () => 0, memory: () => 0, loopDelay: () => ({ p50: 0, p99: 0, most: 0 }) },
    report: (report) => {
      if (report.kind !== 'alert') return
      // What it is called stands only in what leaves the engine.
      const { figure, ...alert } = report.alert
      expect(figure).toContain('Imbalance touch')
      reported.push(alert)
    },
    feed: (listener) => {
      live = new Replay(simulated, listener)
      return silentFeed
    }
  })
  engine.control({ ...configuration(rules, ids), policy: strict })
  let isSnoozed = false
  for (const frame of frames) {
    await clock.pass(frame.at - clock.now())
    backtest.until(millis(frame.at))
    live!.take(frame)
    replayed.take(frame)
    if (isSnoozed || frame.at < start + 40_000) continue
    isSnoozed = true
    const target = { kind: 'instrument', instrument: ids[1]! } as const
    engine.control({ kind: 'alert-command', command: { kind: 'snooze', target, for: '5m' } })
    backtest.policy.snooze(target, '5m', clock.now())
  }
  engine.stop()
  const reasons = new Set(backtest.told.flatMap(({ withheld }) => withheld.map(({ why }) => why)))
  expect([...reasons].sort()).toEqual([
    ...(['auto-quiet', 'budget', 'inhibited', 'quiet-hours', 'snoozed', 'storm'] as const)
  ])
  expect(backtest.told.length).toBeGreaterThan(20)
  expect(reported).toEqual(backtest.told)
})

test('refuses in words what is no rule file and no command', async () => {
  writeFileSync(join(folder, 'wrong.json'), JSON.stringify({ version: 2, rules: [{ ...rule, side: 'up' }] }))
  expect(await alerts(['backtest', join(folder, 'wrong.json'), tape, '--venue', 'sim'])).toBe(2)
  expect(terminal.complained).toContain('rules.0.side')
  expect(await alerts(['backtest', join(folder, 'absent.json'), tape])).toBe(2)
  expect(await alerts(['nonsense'])).toBe(2)
  expect(terminal.complained).toContain('alerts backtest <rules.json>')
})
