import type { FigureCondition } from '../../../src-shared/alerts/condition'
import type { Rule } from '../../../src-shared/rule'

/** A rule with its level raised. */
export interface Stricter {
  readonly rule: Rule
  readonly on: number
  /** "P99.8". */
  readonly level: string
}

/** The same rule with its level raised, step by step, the mildest first; none where no one level leads it. */
export function stricter(rule: Rule): readonly Stricter[] {
  const { when } = rule
  if (when.kind !== 'figure' || when.by === 'rank') return []
  const low = when.op === 'below'
  if (when.by === 'percentile') {
    const steps = low
      ? [0.2, 0.1, 0.05].filter((on) => on < when.on)
      : [99.8, 99.9, 99.95].filter((on) => on > when.on)
    return steps.map((on) => ({ rule: raised(rule, when, on), on, level: `P${on}` }))
  }
  return [1.15, 1.3, 1.5].map((factor) => {
    const on = Number((low === when.on > 0 ? when.on / factor : when.on * factor).toPrecision(3))
    return { rule: raised(rule, when, on), on, level: String(on) }
  })
}

const raised = (rule: Rule, when: FigureCondition, on: number): Rule => ({ ...rule, when: { ...when, on } })
