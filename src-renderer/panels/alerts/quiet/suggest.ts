import type { FigureCondition } from '../../../../src-shared/alerts/condition'
import type { Rule } from '../../../../src-shared/rule'
import type { AlertDesk } from '../../../state/desk'
import { firstFigure } from '../editor/first-figure'

/** A rule with a stricter level, and how often it would have fired with it. */
export interface Suggestion {
  readonly rule: Rule
  /** "P99.8". */
  readonly level: string
  /** Of all its instruments together. */
  readonly perHour: number
  readonly overHours: number
}

const wantedPerHour = 4
const hours = 24

/** The same rule with its leading level raised, step by step; none where no one level leads it. */
export function stricter(rule: Rule): readonly { readonly rule: Rule; readonly level: string }[] {
  const { when } = rule
  if (when.kind !== 'figure' || firstFigure(when) === undefined) return []
  const low = when.op === 'below'
  if (when.by === 'percentile') {
    const steps = low
      ? [0.2, 0.1, 0.05].filter((on) => on < when.on)
      : [99.8, 99.9, 99.95].filter((on) => on > when.on)
    return steps.map((on) => ({ rule: raised(rule, when, on), level: `P${on}` }))
  }
  if (when.by === 'rank') return []
  return [1.15, 1.3, 1.5].map((factor) => {
    const on = Number((low === when.on > 0 ? when.on / factor : when.on * factor).toPrecision(3))
    return { rule: raised(rule, when, on), level: String(on) }
  })
}

/** The mildest of them that stays below four fires an hour, as the tape has it; undefined where none does or nothing is recorded. */
export async function suggest(
  desk: Pick<AlertDesk, 'estimate'>,
  rule: Rule
): Promise<Suggestion | undefined> {
  for (const { rule: next, level } of stricter(rule)) {
    const answer = await desk.estimate(next, hours)
    if (!answer.ok || answer.value.hours <= 0) return undefined
    const { expectedPerHour, firesPerHour, hours: overHours } = answer.value
    const perHour = expectedPerHour ?? firesPerHour
    if (perHour <= wantedPerHour) return { rule: next, level, perHour, overHours }
  }
  return undefined
}

const raised = (rule: Rule, when: FigureCondition, on: number): Rule => ({ ...rule, when: { ...when, on } })
