import { describe, expect, test } from 'vitest'
import { Policy } from '../../../src-main/engine/alerts/policy/policy'
import { isQuiet, tomorrowMorning, wallAt, zoneOf } from '../../../src-main/engine/alerts/policy/wall-clock'
import type { Alert } from '../../../src-shared/alert'
import type { AlertPolicy, QuietHours } from '../../../src-shared/alerts/policy'
import { defaultAlertPolicy } from '../../../src-shared/alerts/policy'
import type { Rule } from '../../../src-shared/rule'
import { millis } from '../../../src-shared/units'
import { anAlert } from '../../support/an-alert'
import { plainRule } from '../../support/plain-rule'

const noon = Date.UTC(2026, 10, 25, 12)
const minute = 60_000

function policyOf(wish: Partial<AlertPolicy> = {}, rules: Rule[] = [plainRule()], width = 1): Policy {
  const policy = new Policy()
  const widths = new Map(rules.map(({ id }) => [id, width]))
  policy.configure({ ...defaultAlertPolicy, ...wish }, rules, widths, 'Europe/Berlin')
  return policy
}
const fire = (at: number, other: Partial<Alert> = {}): Alert => {
  const { ruleId = 'r', instrument = 'sim:A', notice = 'FIRE' } = other
  const episode = `${ruleId}|${instrument}|bid|${at}`
  return anAlert({
    ...{ episode, id: `${episode}|${notice}`, instrument, side: 'bid', at: millis(at) },
    ...{ channels: ['desktop'], desktop: true },
    ...other
  })
}
const whyOf = ({ withheld }: Alert) => withheld.map(({ channel, why }) => `${channel} ${why}`)

describe('snoozing', () => {
  test.each([
    ['a rule', { kind: 'rule', rule: 'r' } as const, ['r sim:A', 'r sim:B']],
    ['an instrument', { kind: 'instrument', instrument: 'sim:A' } as const, ['r sim:A', 'other sim:A']],
    ['a group', { kind: 'group', group: 'g' } as const, ['other sim:A']],
    ['all', { kind: 'all' } as const, ['r sim:A', 'r sim:B', 'other sim:A']]
  ])('of %s holds back what it covers, counts it, and ends', (_, target, covered) => {
    const policy = policyOf({}, [plainRule(), plainRule({ id: 'other', group: 'g' })])
    policy.snooze(target, '15m', noon)
    const alerts = (at: number) =>
      [fire(at), fire(at, { instrument: 'sim:B' }), fire(at, { ruleId: 'other' })].flatMap((alert) =>
        policy.take(alert, at)
      )
    const held = alerts(noon + 1_000).filter((alert) => whyOf(alert).includes('desktop snoozed'))
    expect(held.map(({ ruleId, instrument }) => `${ruleId} ${instrument}`)).toEqual(covered)
    expect(policy.snoozes.list[0]?.muted).toBe(covered.length)
    policy.settle(noon + 15 * minute, [])
    expect(policy.snoozes.list).toEqual([])
    expect(alerts(noon + 15 * minute).flatMap(whyOf)).toEqual([])
  })

  test('until it resets ends when nothing of it fires any more', () => {
    const policy = policyOf()
    policy.snooze({ kind: 'rule', rule: 'r' }, 'reset', noon)
    policy.settle(noon + 1e9, [fire(noon)])
    expect(policy.snoozes.list).toHaveLength(1)
    policy.settle(noon + 1e9, [fire(noon, { ruleId: 'other' })])
    expect(policy.snoozes.list).toEqual([])
  })

  test('until tomorrow is 08:00 there, also over the hour that is missing', () => {
    const berlin = (at: number) => new Date(at).toISOString()
    expect(berlin(tomorrowMorning(Date.UTC(2026, 2, 28, 12), 'Europe/Berlin'))).toBe(
      '2026-03-29T06:00:00.000Z'
    )
    expect(berlin(tomorrowMorning(Date.UTC(2026, 9, 24, 12), 'Europe/Berlin'))).toBe(
      '2026-10-25T07:00:00.000Z'
    )
    // 23:30 UTC is the next day in Berlin already.
    expect(berlin(tomorrowMorning(Date.UTC(2026, 10, 25, 23, 30), 'Europe/Berlin'))).toBe(
      '2026-11-27T07:00:00.000Z'
    )
  })
})

describe('quiet hours', () => {
  const night: QuietHours = {
    ...{ id: 'night', enabled: true, days: [1, 2, 3, 4, 5, 6, 7], from: '22:00', to: '07:00' },
    ...{ channels: ['desktop', 'sound'], criticalPasses: true }
  }
  const quietMinutes = (hours: QuietHours, from: number, to: number) => {
    let sum = 0
    for (let at = from; at < to; at += minute) if (isQuiet(hours, at, 'Europe/Berlin')) sum++
    return sum
  }

  test('last as long as the night does: 9 hours, 8 in spring, 10 in autumn', () => {
    const noonOf = (month: number, day: number, offset: number) => Date.UTC(2026, month, day, 12 - offset)
    expect(quietMinutes(night, noonOf(10, 24, 1), noonOf(10, 25, 1))).toBe(9 * 60)
    expect(quietMinutes(night, noonOf(2, 28, 1), noonOf(2, 29, 2))).toBe(8 * 60)
    expect(quietMinutes(night, noonOf(9, 24, 2), noonOf(9, 25, 1))).toBe(10 * 60)
  })

  test('begin on their weekday, and end on the next', () => {
    const friday = { ...night, days: [5] }
    const at = (day: number, hour: number) =>
      isQuiet(friday, Date.UTC(2026, 10, day, hour - 1), 'Europe/Berlin')
    // 27 November 2026 is a Friday.
    expect(wallAt(Date.UTC(2026, 10, 27, 12), 'UTC').weekday).toBe(5)
    expect([at(27, 3), at(27, 22), at(28, 6), at(28, 7), at(28, 22)]).toEqual([
      false,
      true,
      true,
      false,
      false
    ])
  })

  test('hold back their channels, let critical alerts pass, and are summed up at their end', () => {
    const policy = policyOf({ quiet: [night], zone: 'UTC' })
    const at = Date.UTC(2026, 10, 25, 23)
    const [held] = policy.take(fire(at, { channels: ['desktop', 'webhook'] }), at)
    expect([held!.channels, whyOf(held!)]).toEqual([['webhook'], ['desktop quiet-hours']])
    expect(policy.take(fire(at, { severity: 'critical' }), at)[0]!.channels).toEqual(['desktop'])
    expect(policy.tick(at + 1_000).digest).toBeUndefined()
    expect(policy.tick(at + 8 * 3_600_000).digest).toMatchObject({ count: 1 })
  })

  test('of a zone this system does not know are of UTC', () => {
    expect([zoneOf('Mars/Olympus', 'Europe/Berlin'), zoneOf('', 'Europe/Berlin')]).toEqual([
      'UTC',
      'Europe/Berlin'
    ])
  })
})

describe('inhibition', () => {
  const told = (policy: Policy, alert: Alert) => whyOf(policy.take(alert, alert.at)[0]!)

  test('lost data holds back the market alerts of its instrument until it is over', () => {
    const policy = policyOf()
    const lost = fire(noon, { ruleId: 'data', data: true })
    policy.take(lost, noon)
    expect(told(policy, fire(noon + 1_000))).toEqual(['desktop inhibited'])
    expect(told(policy, fire(noon + 1_000, { instrument: 'sim:B' }))).toEqual([])
    policy.take({ ...lost, notice: 'RESOLVED', channels: [] }, noon + 2_000)
    expect(told(policy, fire(noon + 3_000))).toEqual([])
  })

  test('a critical alert holds back info of the same instrument for 30 s', () => {
    const policy = policyOf()
    policy.take(fire(noon, { severity: 'critical', ruleId: 'c' }), noon)
    expect(told(policy, fire(noon + 29_999, { severity: 'info' }))).toEqual(['desktop inhibited'])
    expect(told(policy, fire(noon + 29_999, { severity: 'warn' }))).toEqual([])
    expect(told(policy, fire(noon + 30_000, { severity: 'info' }))).toEqual([])
  })
})

describe('a storm', () => {
  const channelsOf = (alerts: readonly Alert[]) => alerts.map(({ channels }) => channels.join())

  test('of 30 instruments is the first, at once, and one alert that names them all', () => {
    const policy = policyOf({}, [plainRule()], 30)
    const ids = Array.from({ length: 30 }, (_, place) => `sim:I${String(place).padStart(2, '0')}`)
    const atOnce = ids.flatMap((instrument) => policy.take(fire(noon, { instrument }), noon))
    expect(atOnce.map(({ instrument, channels }) => [instrument, channels])).toEqual([
      ['sim:I00', ['desktop']]
    ])
    expect(policy.tick(noon + 200).alerts).toEqual([])
    const { alerts } = policy.tick(noon + 300)
    const told = alerts.filter(({ channels }) => channels.length > 0)
    expect(told.map(({ instrument, instruments }) => [instrument, instruments])).toEqual([['sim:I00', ids]])
    expect(alerts.filter((alert) => whyOf(alert).includes('desktop storm'))).toHaveLength(29)
    expect(policy.withheld.storm).toBe(29)
  })

  test('is none of three instruments: the first is told at once, the others each after 300 ms', () => {
    const policy = policyOf({}, [plainRule()], 30)
    const take = (instrument: string) => policy.take(fire(noon, { instrument }), noon)
    expect(['sim:A', 'sim:B', 'sim:C'].map((id) => channelsOf(take(id)))).toEqual([['desktop'], [], []])
    expect(policy.tick(noon + 299).alerts).toEqual([])
    expect(channelsOf(policy.tick(noon + 300).alerts)).toEqual(['desktop', 'desktop'])
  })

  test('is over after two seconds: who fires then is told at once', () => {
    const policy = policyOf({}, [plainRule()], 30)
    const take = (at: number) => channelsOf(policy.take(fire(at), at))
    expect([take(noon), take(noon + 2_000), take(noon + 4_001)]).toEqual([['desktop'], [], ['desktop']])
  })

  test('is not led by what nobody hears: a snoozed or inhibited alert leaves the first place to the next', () => {
    const policy = policyOf({}, [plainRule()], 30)
    policy.snooze({ kind: 'instrument', instrument: 'sim:A' }, '1h', noon)
    policy.take(fire(noon, { ruleId: 'data', data: true, instrument: 'sim:B', severity: 'critical' }), noon)
    const take = (instrument: string) => channelsOf(policy.take(fire(noon, { instrument }), noon))
    expect(['sim:A', 'sim:B', 'sim:C'].map(take)).toEqual([[''], [''], ['desktop']])
  })
})

test('a clock that is set back an hour holds up neither a storm, nor a sound, nor what is inhibited', () => {
  const policy = policyOf({}, [plainRule()], 30)
  const sounding = { channels: ['sound'], desktop: false }
  policy.take(fire(noon, { severity: 'critical', ...sounding }), noon)
  for (const instrument of ['sim:A', 'sim:B']) policy.take(fire(noon, { instrument, ...sounding }), noon)
  const before = noon - 3_600_000
  expect(policy.tick(before).alerts.map(({ channels }) => channels)).toEqual([['sound']])
  expect(policy.take(fire(before + 2_000, { severity: 'info' }), before + 2_000)[0]!.withheld).toEqual([])
})

test('the desktop gets three at once, six a minute, twelve an hour; critical ones are exempt; the rest is summed up', () => {
  const policy = policyOf({ autoQuiet: { ...defaultAlertPolicy.autoQuiet, enabled: false } })
  const shown = (at: number, severity: Alert['severity'] = 'warn') =>
    policy.take(fire(at, { severity }), at)[0]!.desktop
  expect([0, 1, 2, 3].map((ms) => shown(noon + ms))).toEqual([true, true, true, false])
  expect(shown(noon + 4, 'critical')).toBe(true)
  expect(shown(noon + 10_100)).toBe(true)
  let count = 4
  for (let at = noon + minute; at < noon + 50 * minute; at += minute) if (shown(at)) count++
  expect(count).toBe(12)
  const { digest } = policy.tick(noon + 50 * minute)
  expect(digest?.count).toBe(42)
  expect(policy.overBudget).toBe(0)
})

test('two sounds are two seconds apart, and of those told together the more severe is heard', () => {
  const policy = policyOf({}, [plainRule()], 30)
  const sounding = { channels: ['sound'], desktop: false }
  policy.take(fire(noon), noon)
  policy.take(fire(noon, { ...sounding, severity: 'info', instrument: 'sim:B' }), noon)
  policy.take(fire(noon, { ...sounding, severity: 'warn', instrument: 'sim:C' }), noon)
  const [info, warn] = policy.tick(noon + 300).alerts
  expect([info!.channels, warn!.channels]).toEqual([[], ['sound']])
})

test('ten fires in three minutes set a rule quiet for a quarter of an hour; it is judged and kept on', () => {
  const policy = policyOf()
  const why = (at: number) => whyOf(policy.take(fire(at), at)[0]!)
  for (let place = 0; place < 9; place++)
    expect(why(noon + place * 15_000)).not.toContain('desktop auto-quiet')
  expect(why(noon + 9 * 15_000)).toEqual(['desktop auto-quiet'])
  expect(policy.quiet.until('r', noon + 140_000)).toBe(noon + 135_000 + 15 * minute)
  expect(why(noon + 10 * minute)).toEqual(['desktop auto-quiet'])
  expect(why(noon + 135_000 + 15 * minute)).toEqual([])
})

describe('arming', () => {
  const why = (policy: Policy, at: number) => whyOf(policy.take(fire(at), at)[0]!)

  test('once: the second fire is told nowhere until the rule is armed again', () => {
    const policy = policyOf({}, [plainRule({ rearm: 'once' })])
    expect([why(policy, noon), why(policy, noon + minute)]).toEqual([[], ['desktop not-armed']])
    const after = policyOf({}, [plainRule({ rearm: 'once' })])
    after.restore(JSON.parse(JSON.stringify(policy.save())) as ReturnType<Policy['save']>)
    expect(why(after, noon + 2 * minute)).toEqual(['desktop not-armed'])
    after.spent.rearm('r')
    expect(why(after, noon + 3 * minute)).toEqual([])
  })

  test('daily: armed again after midnight of the zone', () => {
    const policy = policyOf({ zone: 'Europe/Berlin' }, [plainRule({ rearm: 'daily' })])
    expect(why(policy, noon)).toEqual([])
    expect(why(policy, Date.UTC(2026, 10, 25, 22, 59))).toEqual(['desktop not-armed'])
    expect(why(policy, Date.UTC(2026, 10, 25, 23, 1))).toEqual([])
  })
})

test('a critical alert sounds every ten seconds for two minutes, goes out after one and again after five, until acknowledged', () => {
  const run = (acknowledgeAt: number) => {
    const policy = policyOf()
    policy.take(fire(noon, { severity: 'critical' }), noon)
    const told: string[] = []
    const ids = new Set<string>()
    for (let at = noon; at <= noon + 10 * minute; at += 100) {
      if (at === noon + acknowledgeAt) policy.acknowledge(fire(noon).episode)
      for (const { alert, channels } of policy.tick(at).escalated) {
        told.push(`${channels.join('+')}@${(at - noon) / 1_000}`)
        if (channels.includes('webhook')) ids.add(alert.id)
      }
    }
    // Each has a key of its own, or its receiver would drop it as heard already.
    expect(ids.size).toBe(told.filter((it) => it.includes('webhook')).length)
    expect(ids.has(fire(noon).id)).toBe(false)
    return told
  }
  const whole = run(Infinity)
  expect(whole.filter((it) => it.startsWith('sound'))).toHaveLength(12)
  expect(whole.filter((it) => it.startsWith('telegram'))).toEqual([
    'telegram+webhook@60',
    'telegram+webhook@360'
  ])
  expect(run(25_000)).toEqual(['sound@10', 'sound@20'])
})

test('how an escalation goes on can be asked, until it is over', () => {
  const policy = policyOf()
  const { episode } = fire(noon)
  policy.take(fire(noon, { severity: 'critical' }), noon)
  expect(policy.escalation(episode)).toEqual({ carried: 0, nextAt: noon + minute })
  policy.tick(noon + minute)
  expect(policy.escalation(episode)).toEqual({ carried: 1, nextAt: noon + 6 * minute })
  policy.acknowledge(episode)
  expect(policy.escalation(episode)).toBeUndefined()
})
