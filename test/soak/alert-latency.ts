import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Policy } from '../../src-main/engine/alerts/policy/policy'
import { Engine } from '../../src-main/engine/engine'
import { systemClock } from '../../src-main/engine/feed/clock'
import { liveFeed } from '../../src-main/engine/live-feed'
import { metrics } from '../../src-main/engine/metrics/index'
import { processProbe } from '../../src-main/engine/process-probe'
import { venues } from '../../src-main/engine/venues/index'
import type { Alert } from '../../src-shared/alert'
import { defaultAlertPolicy } from '../../src-shared/alerts/policy'
import { symbolOf } from '../../src-shared/instrument'
import type { Rule } from '../../src-shared/rule'
import { defaultSettings } from '../../src-shared/settings'
import { millis } from '../../src-shared/units'
import { anAlert } from '../support/an-alert'
import { FlipVenue } from '../support/flip-venue'
import { plainRule } from '../support/plain-rule'
import { chanceOf } from '../support/sim-venue/chance'

const stepMs = 100
/** Each rule on four instruments, as many as a storm has: the widest wait. */
const instrumentsOfRule = 4
const rules = 20
/** Longer than a storm's window, so that every round has its own first. */
const roundMs = 2_400
const policy = { ...defaultAlertPolicy, autoQuiet: { ...defaultAlertPolicy.autoQuiet, enabled: false } }

/** Ms from the condition to the notice: of the first of its rule, and of those that come within the storm's window. */
interface Latencies {
  readonly first: number[]
  readonly following: number[]
  /** Of the first, how long until the step that judged it; the rest is one flush of the disk. */
  readonly judged: number[]
}

const quantile = (sorted: readonly number[], share: number): string =>
  (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN).toFixed(0)

function lineOf(name: string, latencies: number[]): string {
  const sorted = latencies.sort((a, b) => a - b)
  const at = (share: number): string => quantile(sorted, share)
  return `${name}: ${sorted.length} fires, p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, most ${at(1)} ms`
}

/** The step and the policy alone, in virtual time: conditions become true at any moment of a step. */
export function virtualLatencies(fires: number, seed: number): Latencies {
  const chance = chanceOf(seed)
  const rule = plainRule({ channels: ['webhook'] })
  const told = new Policy()
  told.configure(policy, [rule], new Map([[rule.id, instrumentsOfRule]]), 'UTC')
  const found: Latencies = { first: [], following: [], judged: [] }
  for (let round = 0, base = 1e12; round < fires; round++, base += roundMs) {
    const moments = [chance() * stepMs, (1 + chance()) * stepMs]
    const note = (alerts: readonly Alert[], at: number): void => {
      for (const { instrument, channels } of alerts) {
        const place = Number(symbolOf(instrument))
        if (channels.length > 0)
          (place === 0 ? found.first : found.following).push(at - base - moments[place]!)
      }
    }
    for (let at = base + stepMs; at <= base + 10 * stepMs; at += stepMs) {
      for (const [place, moment] of moments.entries()) {
        if (at - base - moment < 0 || at - base - moment >= stepMs) continue
        const episode = `r|x:${place}|bid|${at}`
        const alert = anAlert({ id: `${episode}|FIRE`, episode, instrument: `x:${place}`, at: millis(at) })
        note(told.take({ ...alert, channels: ['webhook'], desktop: false }, at), at)
      }
      note(told.tick(at).alerts, at)
    }
  }
  return found
}

/** From the frame on a real socket to the engine's word that an alert is to be told, with its history on a real disk. */
export async function engineLatencies(fires: number, seed: number): Promise<Latencies> {
  const folder = mkdtempSync(join(tmpdir(), 'steelyard-latency-'))
  const venue = await FlipVenue.start(rules * instrumentsOfRule)
  const flippedAt = new Map<string, { readonly at: number; readonly isFirst: boolean }>()
  const found: Latencies = { first: [], following: [], judged: [] }
  const engine = new Engine({
    ...{ clock: systemClock, metrics, venues: venues.map(({ spec }) => spec), probe: processProbe() },
    feed: (listener, settings, bans) => liveFeed({ listener, settings, bans, onBan: () => undefined }),
    report: (report) => {
      if (report.kind !== 'alert' || report.alert.notice !== 'FIRE' || report.alert.channels.length === 0)
        return
      const flipped = flippedAt.get(symbolOf(report.alert.instrument))
      if (!flipped) return
      const ms = performance.timeOrigin + performance.now() - flipped.at
      ;(flipped.isFirst ? found.first : found.following).push(ms)
      if (flipped.isFirst) found.judged.push(report.alert.at - flipped.at)
    }
  })
  engine.control({ kind: 'configure', ...configurationOn(venue), alertFolder: folder })
  await after(15_000)
  const chance = chanceOf(seed)
  while (found.first.length < fires) await round(venue, flippedAt, chance)
  engine.stop()
  await venue.stop()
  await after(200)
  rmSync(folder, { recursive: true, force: true })
  return found
}

/** Every rule once: its first at any moment, two more soon after, and all over before the round is. */
async function round(
  venue: FlipVenue,
  flippedAt: Map<string, { readonly at: number; readonly isFirst: boolean }>,
  chance: () => number
): Promise<void> {
  const flips = Array.from({ length: rules }, async (_, rule) => {
    const flip = (place: number, isHigh: boolean): void => {
      const symbol = venue.symbols[rule * instrumentsOfRule + place]!
      const at = venue.flip(symbol, isHigh)
      if (isHigh) flippedAt.set(symbol, { at, isFirst: place === 0 })
    }
    await after(chance() * 120)
    flip(0, true)
    await after(110 + chance() * 40)
    flip(1, true)
    await after(chance() * 20)
    flip(2, true)
    await after(600)
    for (const place of [0, 1, 2]) flip(place, false)
  })
  await Promise.all([...flips, after(roundMs)])
}

function configurationOn(venue: FlipVenue) {
  const listOf = (rule: number): string => `list${rule}`
  const lists = Array.from({ length: rules }, (_, rule) => ({
    ...{ id: listOf(rule), name: listOf(rule) },
    instruments: venue.symbols
      .slice(rule * instrumentsOfRule, (rule + 1) * instrumentsOfRule)
      .map((symbol) => `binance-spot:${symbol}`)
  }))
  const of = (rule: number): Rule =>
    plainRule({
      ...{ id: `r${rule}`, scope: { kind: 'watchlist', watchlist: listOf(rule) }, side: 'bid' },
      ...{ minMs: 0, rearmMs: 0, cooldownMs: 0, channels: ['webhook'] }
    })
  const settings = {
    ...defaultSettings,
    venues: { 'binance-spot': { enabled: true, endpoints: venue.endpoints } }
  }
  return {
    ...{ settings, policy, bans: [], watchlists: { version: 1 as const, active: 'list0', lists } },
    rules: { version: 2 as const, rules: Array.from({ length: rules }, (_, rule) => of(rule)) }
  }
}

export async function alertLatency(
  fires: number,
  seed: number,
  say: (text: string) => void
): Promise<number> {
  const virtual = virtualLatencies(fires, seed)
  say(lineOf('step and policy in virtual time, first of its rule', virtual.first))
  say(lineOf('step and policy in virtual time, following it', virtual.following))
  const engine = await engineLatencies(fires, seed)
  say(lineOf('frame on a socket to the word to tell, first of its rule', engine.first))
  say(lineOf('  of which until it was judged', engine.judged))
  say(lineOf('frame on a socket to the word to tell, following it', engine.following))
  const p99 = Number(quantile(engine.first, 0.99))
  return p99 < 250 ? 0 : 1
}

function after(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
