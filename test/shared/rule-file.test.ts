import * as fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { mostRuleFileBytes, readRuleFile, ruleFileOf, withRules } from '../../src-shared/alerts/rule-file'
import { soundFault, soundKind } from '../../src-shared/alerts/sounds'
import { ruleSchema } from '../../src-shared/rule'
import { anyRule } from '../support/any-rule'
import { plainRule } from '../support/plain-rule'

const here = plainRule({ id: 'a' })
const verdicts = (text: string, known = [here]) => {
  const read = readRuleFile(text, known)
  return read.ok
    ? read.found.map(({ verdict, reason }) => `${verdict}${reason && `: ${reason}`}`)
    : read.reason
}
const file = (...rules: unknown[]) => JSON.stringify({ version: 2, rules })

describe('a file of rules', () => {
  test('what was exported is read back the same', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(anyRule, { selector: ({ id }) => id, minLength: 1, maxLength: 5 }),
        (any) => {
          const rules = any.map((rule) => v.parse(ruleSchema, rule))
          const read = readRuleFile(ruleFileOf(rules), [])
          expect(read.ok && read.found.map(({ rule }) => rule)).toEqual(rules)
        }
      ),
      { numRuns: 50 }
    )
  })

  test('a rule is new, replaces, is identical in whatever order it is written, or is refused with its place', () => {
    const turned = Object.fromEntries(Object.entries(here).reverse())
    const wrong = { ...here, id: 'w', when: { kind: 'all', of: [here.when, { ...here.when, smoothMs: -1 }] } }
    expect(verdicts(file({ ...here, id: 'b' }, { ...here, minMs: 1 }, wrong))).toEqual([
      'new',
      'replaces',
      expect.stringMatching(/^refused: when\.of\.1\.smoothMs: /)
    ])
    expect(verdicts(file(turned))).toEqual(['identical'])
    expect(verdicts(file(here, here))).toEqual(['identical', expect.stringContaining('id: a rule before it')])
  })

  test('a file of version 1, a bare list and one rule are read too', () => {
    const later = [
      'when',
      'severity',
      'trigger',
      'hold',
      'rearm',
      'repeatMs',
      'staleMs',
      'deferFire',
      'fireIfAlreadyTrue',
      'channels'
    ]
    const one = {
      ...Object.fromEntries(Object.entries(here).filter(([key]) => !later.includes(key))),
      ...{ metric: 'imbalance', field: 'l1', on: 0.6, off: 0.3, smoothMs: 0, desktop: true }
    }
    expect(verdicts(JSON.stringify({ version: 1, rules: [one] }), [])).toEqual(['new'])
    expect(verdicts(JSON.stringify([here]), [])).toEqual(['new'])
    expect(verdicts(JSON.stringify(here), [])).toEqual(['new'])
  })

  test.each([
    ['no JSON', '{', /^This is not JSON/],
    ['nothing', '[]', /holds no rules/],
    ['something else', '{"a":1}', /holds no list of rules/],
    ['a newer version', '{"version":9,"rules":[]}', /newer version/],
    ['too many', JSON.stringify(Array<number>(501).fill(1)), /holds 501 rules; 500 is the most/],
    ['a huge file', ' '.repeat(mostRuleFileBytes + 1), /larger than 2 MB/]
  ])('of %s is refused in words', (_, text, words) => {
    expect(verdicts(text)).toMatch(words)
  })

  test.each([
    [
      'a condition without end',
      { ...here, when: JSON.parse(`${'{"kind":"not","of":'.repeat(500)}1${'}'.repeat(500)}`) as unknown }
    ],
    ['a poisoned prototype', JSON.parse(`{"__proto__":{"x":1},${JSON.stringify(here).slice(1)}`) as unknown],
    ['no object', null],
    ['a key that is not known', { ...here, run: 'rm' }]
  ])('%s is refused alone, the rest is not', (_, hostile) => {
    const found = verdicts(`[${JSON.stringify(hostile, undefined)},${JSON.stringify({ ...here, id: 'b' })}]`)
    // JSON.stringify leaves a prototype out: written by hand here.
    if (_ === 'a poisoned prototype')
      expect(verdicts(`[{"__proto__":{"x":1},${JSON.stringify(here).slice(1)}]`)).toEqual([
        expect.stringMatching(/^refused/)
      ])
    else expect(found).toEqual([expect.stringMatching(/^refused/), 'new'])
  })

  test('rules are taken into their old places, new ones at the end', () => {
    const [b, c] = [plainRule({ id: 'b' }), plainRule({ id: 'c' })]
    const changed = { ...here, name: 'Other' }
    expect(withRules([here, b], [c, changed])).toEqual([changed, b, c])
  })
})

describe('a sound', () => {
  const bytes = (words: string) => Uint8Array.from(words, (letter) => letter.charCodeAt(0))

  test('is known by its first bytes, not by its name', () => {
    expect(soundKind(bytes('RIFF0000WAVEfmt '))).toBe('wav')
    expect(soundKind(bytes('OggS'))).toBe('ogg')
    expect(soundKind(bytes('ID3\u0003'))).toBe('mp3')
    expect(soundKind(bytes('<svg>'))).toBeUndefined()
  })
  test('that is none, is empty or too large is refused in words', () => {
    expect(soundFault(bytes('MZ'))).toContain('no WAV')
    expect(soundFault(new Uint8Array(0))).toContain('empty')
    expect(soundFault(new Uint8Array(1_000_001))).toContain('larger than 1 MB')
  })
})
