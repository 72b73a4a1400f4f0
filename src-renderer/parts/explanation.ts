import type { MetricSpec, ParamSpec } from '../../src-shared/contract/catalogue'
import type { Settings } from '../../src-shared/settings'
import { paramUnit, textOf } from './params'

/** A figure that is not known now, by its title. */
export interface Unknown {
  readonly title: string
  readonly why: string
}

const needs = { book: 'a live book that is not crossed', trades: 'trades without a gap' } as const
/** More reasons than this are not told: the figures have them beside them. */
const mostReasons = 6

/** All that a metric says of itself, a paragraph each: the formula, where it is from, its parameters as they are set, what it needs, and why figures are not known now. */
export function explanationOf(
  spec: MetricSpec,
  settings: Settings,
  unknown: readonly Unknown[]
): readonly string[] {
  const [formula = '', source = ''] = spec.explains.split(/(?=\bSources?: )/)
  const params = spec.params ?? []
  const set = params.map((param) => paramText(param, settings.metrics?.[spec.id]?.[param.id]))
  return [
    formula.trim(),
    source.trim(),
    `Parameters: ${set.length === 0 ? 'none' : set.join('; ')}.`,
    `Needs: ${spec.needs.map((need) => needs[need]).join(' and ')}.`,
    ...reasonsOf(unknown)
  ]
}

function paramText(param: ParamSpec, chosen: number | undefined): string {
  const text = [textOf(param, chosen ?? param.default) || 'none', paramUnit(param)].filter(Boolean).join(' ')
  const isOwn = chosen !== undefined && chosen !== param.default
  return isOwn
    ? `${param.title} ${text} (by default ${textOf(param, param.default) || 'none'})`
    : `${param.title} ${text}`
}

/** Each reason once, with the figures it holds for. */
function reasonsOf(unknown: readonly Unknown[]): string[] {
  const figures = new Map<string, string[]>()
  for (const { title, why } of unknown) figures.set(why, [...(figures.get(why) ?? []), title])
  return [...figures]
    .slice(0, mostReasons)
    .map(([why, titles]) =>
      titles.length > 3
        ? `Not known now, ${titles.length} figures: ${why}`
        : `Not known now, ${titles.join(', ')}: ${why}`
    )
}
