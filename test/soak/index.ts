import { fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { alertDay } from './alert-day'
import { alertLatency } from './alert-latency'
import { alertsUntilKilled, killAgainAndAgain } from '../support/alert-kills'
import { dialects, dialectOf } from '../support/sim-venue/dialects/index'
import { haveCapture } from '../support/captures'
import { beginningOf, fuzzCaptured, fuzzedCaptures } from '../support/fuzz/captured'
import type { FuzzReport } from '../support/fuzz/fuzz'
import { fuzz } from '../support/fuzz/fuzz'
import { failureOf, storm } from '../support/sim-venue/storm'
import { planted } from '../support/sim-venue/planted'
import { kills } from './kills'
import { proxyStorm } from '../support/fault-proxy/proxy-storm'
import { mutants, tableOf } from './mutants'
import { seeks } from './seeks'
import type { Storming } from './storms'
import { storms } from './storms'

/**
 * `npm run soak -- --minutes 30` storms over all dialects for so long, `-- --hours 100` until each has stormed for so many of its hours; `-- storm --venue okx --seed 7 --storm-minutes 10` one storm again; `-- fuzz --frames
 * 10000000 --seed 1` mutated frames of all dialects (`--minutes 10`: at most so long); `-- gaps --minutes 5` time to truth alone; `-- mutants` the planted
 * bugs through the quick gate, `-- mutants --only checksum` those whose name matches; `-- --proxy --minutes 5` storms on real sockets;
 * `-- kills --count 200` recorders killed at 5,000 frames a second; `-- seeks --minutes 60` places on a tape of an hour;
 * `-- alert-kills --kills 500` kills around deliveries; `-- alert-day --hours 24` the default rules on a planted day;
 * `-- alert-latency --fires 1000` from the condition to the word to tell.
 */
const [command, ...rest] = process.argv.slice(2)
const args = command?.startsWith('--') ? [command, ...rest] : rest
const option = (name: string, otherwise: number): number => {
  const at = args.indexOf(`--${name}`)
  return at < 0 ? otherwise : Number(args[at + 1])
}
const venueAt = args.indexOf('--venue')
const chosen = venueAt < 0 ? dialects : [dialectOf(args[venueAt + 1]!)]
const say = (text: string) => process.stdout.write(`${text}\n`)

const FUZZED_AT_ONCE = 20_000
const CAPTURED_AT_ONCE = 400

async function oneStorm(): Promise<number> {
  const minutes = option('storm-minutes', 10)
  const report = await storm({
    dialect: chosen[0]!,
    seed: option('seed', 1),
    minutes,
    mixed: args.includes('--mixed')
  })
  for (const [at, what] of report.trace) say(`${at.toFixed(0)} ${what}`)
  const failure = failureOf(report, minutes)
  say(failure ?? 'nothing untrue')
  return failure ? 1 : 0
}

/** Something that gives mutated frames: a dialect, or the beginning of a capture. */
interface FuzzSource {
  readonly name: string
  readonly fuzz: (seed: number) => FuzzReport
}

/** Captures lie beside the project; where they do not, that is said. */
async function captureSources(): Promise<FuzzSource[]> {
  const sources: FuzzSource[] = []
  for (const [venue, name] of fuzzedCaptures) {
    if (!chosen.some((dialect) => dialect.venue.spec.id === venue)) continue
    if (!haveCapture(name)) {
      say(`${name}: not here, passed over`)
      continue
    }
    const frames = await beginningOf(name)
    sources.push({ name, fuzz: (seed) => fuzzCaptured(venue, frames, CAPTURED_AT_ONCE, seed) })
  }
  return sources
}

async function fuzzes(): Promise<number> {
  const frames = option('frames', 1_000_000)
  const most = performance.now() + option('minutes', Infinity) * 60_000
  const seed = option('seed', 1)
  const began = performance.now()
  const sources: FuzzSource[] = [
    ...chosen.map((dialect) => ({
      name: dialect.venue.spec.id,
      fuzz: (it: number) => fuzz(dialect, FUZZED_AT_ONCE, it)
    })),
    ...(await captureSources())
  ]
  const sums = sources.map(({ name }) => ({ name, frames: 0, taken: 0, refused: 0, voided: 0, slowestMs: 0 }))
  let [fuzzed, wrong] = [0, 0]
  // Round after round over all of them, each round with its own seed, so that whatever time there is goes to all alike.
  for (let round = seed; fuzzed < frames && performance.now() < most; round++)
    for (const [at, source] of sources.entries()) {
      const report = source.fuzz(round)
      const sum = sums[at]!
      for (const name of ['frames', 'taken', 'refused', 'voided'] as const) sum[name] += report[name]
      sum.slowestMs = Math.max(sum.slowestMs, report.slowestMs || 0)
      fuzzed += report.frames
      wrong += report.failures.length
      // At once: a long run may be cut off.
      for (const failure of report.failures)
        say(`${source.name}: ${failure}\n  again: npm run soak -- fuzz --seed ${round} --frames 1`)
      if (performance.now() >= most) break
    }
  for (const { name, frames: of, taken, refused, voided, slowestMs } of sums)
    say(
      `${name.padEnd(18)} ${of} frames: ${taken} taken, ${refused} refused, ${voided} cost a book; slowest ${slowestMs.toFixed(1)} ms`
    )
  const seconds = (performance.now() - began) / 1_000
  say(`${fuzzed} frames, wrong ${wrong}, in ${seconds.toFixed(0)} s, seeds from ${seed}`)
  return wrong === 0 ? 0 : 1
}

/** Storms on real sockets through the fault proxy, over all venues that have some. */
async function proxyStorms(minutes: number): Promise<number> {
  const end = performance.now() + minutes * 60_000
  const failures: string[] = []
  let storms = 0
  for (let seed = option('seed', 1); performance.now() < end; seed++)
    for (const dialect of chosen.filter(({ venue }) => !venue.spec.simulated)) {
      if (performance.now() > end) break
      const { lies, late, faults } = await proxyStorm(dialect, seed)
      storms++
      const what = [...lies.slice(0, 3).map(({ id, what: said }) => `${id} ${said}`), ...late]
      if (what.length > 0)
        failures.push(
          `${what.join('; ')} after ${faults.join(', ')}\n  again: npm run soak -- --proxy --venue ${dialect.venue.spec.id} --seed ${seed}`
        )
    }
  for (const failure of failures.slice(0, 20)) say(failure)
  say(`${storms} storms of 12 faults through the proxy, untrue or late ${failures.length}`)
  return failures.length === 0 ? 0 : 1
}

/** At least this share of the planted bugs must die. */
const KILLED = 0.95

async function plantedBugs(): Promise<number> {
  const at = args.indexOf('--only')
  const words = new RegExp(at < 0 ? '' : args[at + 1]!)
  const bugs = planted.filter(({ name }) => words.test(name))
  const verdicts = await mutants(process.cwd(), bugs, ({ name, isKilled, by }) => {
    say(`${isKilled ? 'killed' : 'SURVIVED'}: ${name}${by ? ` (${by})` : ''}`)
  })
  say(`\n${tableOf(verdicts)}`)
  return verdicts.filter(({ isKilled }) => isKilled).length >= KILLED * bugs.length ? 0 : 1
}

/** Kills a process around its deliveries; the killed is this file again. */
async function alertKills(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'steelyard-kills-'))
  const start = (...given: readonly (string | number | undefined)[]) =>
    fork(process.argv[1]!, ['alert-killed', folder, ...given.filter((it) => it !== undefined).map(String)])
  const kills = option('kills', 500)
  const report = await killAgainAndAgain({ start, folder, kills, seed: option('seed', 1) })
  rmSync(folder, { recursive: true, force: true })
  say(
    `${report.kills} kills, ${report.entries} entries, ${report.notifications} notifications, ${report.posts} posts under ${report.keys} keys, ${report.wrong.length} wrong`
  )
  for (const words of report.wrong.slice(0, 5)) say(`  ${words}`)
  return report.wrong.length === 0 ? 0 : 1
}

const minutes = option('minutes', args.includes('--hours') ? Infinity : 5)
const storming: Storming = {
  dialects: chosen,
  seed: option('seed', 1),
  minutes,
  hours: option('hours', Infinity),
  say
}
if (command === 'alert-killed') {
  const [, , , folder = '', url = '', most] = process.argv
  await alertsUntilKilled(folder, url, most === undefined ? Infinity : Number(most))
  process.exit(0)
}
process.exitCode = args.includes('--proxy')
  ? await proxyStorms(minutes)
  : command === 'storm'
    ? await oneStorm()
    : command === 'fuzz'
      ? await fuzzes()
      : command === 'mutants'
        ? await plantedBugs()
        : command === 'kills'
          ? await kills(option('count', 200), say)
          : command === 'seeks'
            ? await seeks(option('minutes', 60), option('count', 100), say)
            : command === 'alert-kills'
              ? await alertKills()
              : command === 'alert-day'
                ? alertDay(option('hours', 24), option('seed', 1), say)
                : command === 'alert-latency'
                  ? await alertLatency(option('fires', 1_000), option('seed', 1), say)
                  : command === 'gaps'
                    ? await storms({ ...storming, only: 'gaps', restErrors: option('rest-errors', 0) / 100 })
                    : await storms(storming)
