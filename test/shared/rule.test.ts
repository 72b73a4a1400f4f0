import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { parseCommand } from '../../src-shared/contract/commands'
import { conditionSchema } from '../../src-shared/alerts/condition'
import { rulesFromOne } from '../../src-shared/alerts/older-rules'
import { alertPolicySchema, defaultAlertPolicy } from '../../src-shared/alerts/policy'
import { defaultRules } from '../../src-shared/default-rules'
import { ruleHash, ruleSchema, rulesSchema } from '../../src-shared/rule'
import { plainRule } from '../support/plain-rule'

describe('rules', () => {
  test('what ships is valid: twelve rules, four on the desktop', () => {
    const { rules } = v.parse(rulesSchema, defaultRules)
    expect(rules).toHaveLength(12)
    expect(rules.filter(({ channels }) => channels.includes('desktop'))).toHaveLength(4)
    expect(v.safeParse(alertPolicySchema, defaultAlertPolicy).success).toBe(true)
  })

  test('a file of version 1 becomes the same rules of version 2', () => {
    const one = {
      ...{ id: 'r', name: 'Lean', enabled: true, scope: { kind: 'watchlist', watchlist: 'w' } },
      ...{ metric: 'imbalance', field: 'bps10', side: 'both', on: 0.6, off: 0.35, smoothMs: 0 },
      ...{ minMs: 3_000, rearmMs: 5_000, cooldownMs: 60_000, desktop: true }
    }
    expect(v.parse(rulesSchema, rulesFromOne({ version: 1, rules: [one] })).rules).toEqual([
      plainRule({ name: 'Lean' })
    ])
  })

  test('what a rule judges has a name that its title, its switch and its channels do not change', () => {
    const hash = ruleHash(plainRule())
    expect(hash).toMatch(/^[0-9a-f]{16}$/)
    expect(ruleHash(plainRule({ name: 'Other', enabled: false, channels: [] }))).toBe(hash)
    expect(ruleHash(plainRule({ on: 0.61 }))).not.toBe(hash)
  })
})

describe('conditions', () => {
  const figure = { kind: 'figure', metric: 'imbalance', field: 'bps10', smoothMs: 0 }
  test.each([
    ['an OFF level above ON', { ...figure, op: 'extreme', by: 'level', on: 0.5, off: 0.6 }],
    ['an OFF level below ON of `below`', { ...figure, op: 'below', by: 'level', on: 0.5, off: 0.4 }],
    ['a percentile of 101', { ...figure, op: 'above', by: 'percentile', on: 101, off: 95 }],
    ['more of among than there are', { kind: 'among', instruments: ['sim:A'], atLeast: 2, when: figure }],
    ['a field it does not know', { ...figure, op: 'above', by: 'level', on: 1, off: 0, nonsense: 1 }],
    ['no part', { kind: 'all', of: [] }]
  ])('with %s are refused', (_, condition) => {
    expect(v.safeParse(conditionSchema, condition).success).toBe(false)
  })

  test('nested without end are refused, not followed', () => {
    let condition: unknown = { kind: 'silence', what: 'trades', forMs: 1_000 }
    for (let depth = 0; depth < 20_000; depth++) condition = { kind: 'not', of: condition }
    expect(v.safeParse(conditionSchema, condition).success).toBe(false)
    expect(parseCommand({ kind: 'estimate-rule', request: 1, hours: 1, rule: { when: condition } })).toBe(
      undefined
    )
  })

  test('of every kind are taken', () => {
    const leaf = { ...figure, op: 'extreme', by: 'percentile', on: 99.5, off: 95, window: '24h', floor: 0.2 }
    const kinds = [
      leaf,
      { ...figure, kind: 'band', by: 'level', low: 0, high: 1, margin: 0.1, inside: true },
      { ...figure, kind: 'flip', on: 0.5, off: 0.2, withinMs: 1_000 },
      ...[
        { kind: 'silence', what: 'trades', forMs: 1_000 },
        { kind: 'data', what: 'down', forMs: 1_000 }
      ],
      { kind: 'event', metric: 'delta', event: 'large-trade', atLeast: 1, withinMs: 100, confidence: 0 },
      { kind: 'not', of: leaf },
      { kind: 'among', instruments: ['sim:A', 'sim:B'], atLeast: 1, when: leaf },
      { kind: 'sequence', first: leaf, then: leaf, withinMs: 1_000 },
      { kind: 'repeated', when: leaf, atLeast: 3, withinMs: 60_000 },
      { kind: 'divergence', when: leaf, from: leaf, withinMs: 1_000 }
    ]
    const when = { kind: 'any', of: kinds }
    expect(v.parse(ruleSchema, { ...plainRule(), when }).when).toEqual(when)
  })
})
