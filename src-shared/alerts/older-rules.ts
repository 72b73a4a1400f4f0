import type { Rule } from '../rule'
import { usual } from '../rule'

/** A rule of version 1: one figure, beyond a level on its side. */
interface RuleOne extends Pick<
  Rule,
  'id' | 'name' | 'enabled' | 'scope' | 'minMs' | 'rearmMs' | 'cooldownMs'
> {
  readonly metric: string
  readonly field: string
  readonly side: 'bid' | 'ask' | 'both'
  readonly on: number
  readonly off: number
  readonly smoothMs: number
  readonly desktop: boolean
}

/** Version 1 → 2. What is no rule is passed on as it is, for the schema to refuse with its reason. */
export function rulesFromOne(older: Readonly<Record<string, unknown>>): unknown {
  const rules = Array.isArray(older['rules']) ? (older['rules'] as unknown[]) : older['rules']
  return { version: 2, rules: Array.isArray(rules) ? rules.map(lifted) : rules }
}

function lifted(rule: unknown): unknown {
  if (typeof rule !== 'object' || rule === null || !('metric' in rule)) return rule
  const { metric, field, on, off, smoothMs, desktop, ...kept } = rule as RuleOne
  return {
    ...usual,
    ...kept,
    when: { kind: 'figure', metric, field, op: 'extreme', by: 'level', on, off, smoothMs },
    channels: desktop ? ['feed', 'desktop'] : ['feed']
  }
}
