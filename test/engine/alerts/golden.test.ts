import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Limits } from '../../../src-main/engine/alerts/machine'
import type { Span } from './machine-run'
import { run } from './machine-run'

interface Vectors {
  readonly params: Limits
  readonly vectors: Record<
    string,
    {
      readonly note: string
      readonly params?: Partial<Limits>
      readonly in: readonly Span[]
      readonly expect: string
      readonly end: string
    }
  >
}

// Made outside this repository from the text of the semantics; where it is absent, step.test.ts holds the most telling ones.
const file = new URL('../../../../shared/data/reference/alert_vectors.json', import.meta.url)
const golden = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Vectors) : undefined

describe.skipIf(!golden)('golden vectors of the alert machine', () => {
  for (const [name, vector] of Object.entries(golden?.vectors ?? {}))
    test(`${name}: ${vector.note}`, () => {
      const { said, state } = run(vector.in, { ...golden!.params, ...vector.params })
      expect(said).toBe(vector.expect)
      expect(state.phase).toBe(vector.end)
    })

  test('all 29 are there', () => {
    expect(Object.keys(golden!.vectors)).toHaveLength(29)
  })
})
