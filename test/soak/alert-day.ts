import { metrics } from '../../src-main/engine/metrics/index'
import { defaultRules } from '../../src-shared/default-rules'
import { AlertDay, meeting } from '../support/alert-day'
import { plainRule } from '../support/plain-rule'

const scope = { kind: 'watchlist', watchlist: 'start' } as const
/** What rivals ship: beyond a level, once a minute. */
const plain = plainRule({
  ...{ id: 'plain', name: 'Plain threshold', scope, on: 0.6, off: 0.599, minMs: 0, rearmMs: 0 },
  ...{ smoothMs: 0, cooldownMs: 60_000 }
})

const share = (part: number, of: number): string => (of === 0 ? '–' : (part / of).toFixed(2))

/** The default rules over a simulated day with planted episodes, each rule and all of them, beside the plain threshold. */
export function alertDay(hours: number, seed: number, say: (text: string) => void): number {
  const rules = [...defaultRules.rules, plain]
  const started = performance.now()
  const day = new AlertDay(rules, metrics, seed, hours).play(hours)
  const judged = hours - 0.5
  const fires = day.test.judged.map(({ alert }) => alert)
  say(
    `${hours} h of the simulated BTC-PERP, seed ${seed}, ${day.planted.length} episodes, played in ${((performance.now() - started) / 1_000).toFixed(0)} s`
  )
  say('rule | fires/h after learning | precision | recall | median s')
  const line = (name: string, ids: readonly string[]): void => {
    const met = meeting(
      fires.filter(({ ruleId }) => ids.includes(ruleId)),
      day.planted
    )
    say(
      `${name} | ${(met.fires / judged).toFixed(1)} | ${share(met.right, met.fires)} | ${share(met.found, met.planted)} | ${met.medianS.toFixed(1)}`
    )
  }
  for (const { id, name } of rules) line(name, [id])
  line(
    'all twelve',
    defaultRules.rules.map(({ id }) => id)
  )
  line(
    'on the desktop',
    defaultRules.rules.filter(({ channels }) => channels.includes('desktop')).map(({ id }) => id)
  )
  for (const kind of new Set(day.planted.map((it) => it.kind))) {
    const those = day.planted.filter((it) => it.kind === kind)
    const by = defaultRules.rules.filter(
      ({ id }) =>
        meeting(
          fires.filter(({ ruleId }) => ruleId === id),
          those
        ).found > 0
    )
    const met = meeting(
      fires.filter(({ ruleId }) => ruleId !== 'plain'),
      those
    )
    say(`${kind}: ${met.found} of ${met.planted} found, by ${by.map(({ id }) => id).join(', ')}`)
  }
  return 0
}
