import * as v from 'valibot'
import type { Condition, FigureCondition } from '../../../../src-shared/alerts/condition'
import { leavesAt, leavesOf } from '../../../../src-shared/alerts/condition-tree'
import type { MetricSpec } from '../../../../src-shared/contract/catalogue'
import type { InstrumentId } from '../../../../src-shared/instrument'
import { calmSmoothMs, ruleSchema, usual, type Rule } from '../../../../src-shared/rule'

/** A rule while it is edited is the whole document, so that nothing of it can be lost; a number that is missing is NaN. */
export type Draft = Rule

/** Smoothing and minimal duration in ms, from the alert study's table of false alarms. */
export const presets = [
  { name: 'Fast', smoothMs: 1_000, minMs: 500 },
  { name: 'Balanced', smoothMs: 2_000, minMs: 1_500 },
  { name: 'Calm', smoothMs: 2_000, minMs: 3_000 },
  { name: 'Patient', smoothMs: 5_000, minMs: 3_000 }
] as const
export type Preset = (typeof presets)[number]

/** What a new figure begins with: rare against its own history, with a floor where the figure has ends. */
export const newFigure = (metric = 'imbalance', field = 'bps10', floor = 0.2): FigureCondition => ({
  ...{ kind: 'figure', metric, field, op: 'extreme', by: 'percentile', on: 99.5, off: 95 },
  ...{ smoothMs: calmSmoothMs, window: '24h' },
  ...(floor > 0 && { floor })
})

/** What a new rule begins with: the preset Calm on the selected list. */
export const newDraft = (id: string, watchlist: string): Draft => ({
  ...usual,
  ...{ id, name: 'Strong imbalance', scope: { kind: 'watchlist', watchlist }, side: 'both' },
  ...{ when: newFigure(), channels: ['feed', 'desktop'] }
})

/** The figure of a rule of the plain kind: one figure beyond a level. */
export function plainFigure({ when }: Rule): FigureCondition | undefined {
  return when.kind === 'figure' && when.op === 'extreme' && when.by === 'level' ? when : undefined
}

/** The rule with a preset's duration, and its smoothing on every figure in it. */
export const withPreset = (draft: Draft, { smoothMs, minMs }: Preset): Draft => ({
  ...draft,
  minMs,
  when: smoothed(draft.when, smoothMs),
  ...(draft.stepUp && { stepUp: { ...draft.stepUp, when: smoothed(draft.stepUp.when, smoothMs) } })
})

export const hasPreset = (draft: Draft, { smoothMs, minMs }: Preset): boolean =>
  draft.minMs === minMs && leavesOf(draft.when).every((it) => !('smoothMs' in it) || it.smoothMs === smoothMs)

function smoothed(it: Condition, smoothMs: number): Condition {
  switch (it.kind) {
    case 'figure':
    case 'band':
    case 'flip':
      return { ...it, smoothMs }
    case 'all':
    case 'any':
      return { ...it, of: it.of.map((part) => smoothed(part, smoothMs)) }
    case 'not':
      return { ...it, of: smoothed(it.of, smoothMs) }
    case 'among':
    case 'repeated':
      return { ...it, when: smoothed(it.when, smoothMs) }
    case 'sequence':
      return { ...it, first: smoothed(it.first, smoothMs), then: smoothed(it.then, smoothMs) }
    case 'divergence':
      return { ...it, when: smoothed(it.when, smoothMs), from: smoothed(it.from, smoothMs) }
    default:
      return it
  }
}

/** The metrics that a rule needs computed, by instrument; a figure without an instrument of its own is of `instrument`. */
export function needsOf(rule: Rule, instrument: InstrumentId): ReadonlyMap<InstrumentId, readonly string[]> {
  const needs = new Map<InstrumentId, Set<string>>([[instrument, new Set()]])
  const conditions = rule.stepUp ? [rule.when, rule.stepUp.when] : [rule.when]
  for (const leaf of conditions.flatMap(leavesOf)) {
    const id = leaf.instrument ?? instrument
    const list = needs.get(id) ?? new Set<string>()
    if ('metric' in leaf) list.add(leaf.metric)
    needs.set(id, list)
  }
  return new Map([...needs].map(([id, metrics]) => [id, [...metrics]]))
}

/** What is wrong with a draft, by the place it concerns (`name`, `when.of.0.on`), in words. */
export type Problems = Readonly<Record<string, string>>
export type Checked =
  { readonly ok: true; readonly rule: Rule } | { readonly ok: false; readonly problems: Problems }

const words: Readonly<Record<string, string>> = {
  name: 'Give the rule a name of at most 60 characters.',
  instrument: 'Choose an instrument.',
  watchlist: 'Choose a watchlist.',
  on: 'Give the ON level as a number.',
  off: 'Give the OFF level as a number.',
  floor: 'Give the least value as a number.',
  low: 'Give the low end as a number.',
  high: 'Give the high end as a number.',
  margin: 'Give the margin as a number that is not negative.',
  smoothMs: 'Smoothing takes 0 to 60 s.',
  overMs: 'A movement is taken over 0.1 to 3,600 s.',
  withinMs: 'The time takes 0.1 to 3,600 s.',
  forMs: 'The time takes 0.1 s to 24 h.',
  atLeast: 'Give a whole number within its bounds.',
  confidence: 'Sureness lies between 0 and 100 %.',
  instruments: 'Choose 1 to 32 instruments.',
  of: 'Give 1 to 16 conditions.',
  minMs: 'The duration takes 0 to 3,600 s.',
  rearmMs: 'Re-arming takes 0 to 3,600 s.',
  cooldownMs: 'The cooldown takes 0 to 86,400 s.',
  repeatMs: 'Reminders take 0 to 86,400 s.',
  staleMs: 'A book is old after 0.5 to 600 s.',
  expiresAt: 'Give the day and time of the end.',
  group: 'A group’s name has at most 64 characters.'
}

/** Checks a draft as the store will. */
export function check(draft: Draft): Checked {
  const result = v.safeParse(ruleSchema, draft)
  if (result.success) return { ok: true, rule: result.output }
  const problems: Record<string, string> = {}
  for (const issue of result.issues) {
    const path = v.getDotPath(issue) ?? ''
    // An instrument of a list is told beside the list.
    const key = path.split('.').findLast((part) => !/^\d+$/.test(part)) ?? ''
    problems[path] ??=
      issue.type === 'check' ? sentence(issue.message) : (words[key] ?? `${key}: ${issue.message}`)
  }
  return { ok: false, problems }
}

/** What is allowed, but most likely not meant: by its place, in words. */
export function doubts(draft: Draft, metrics: readonly MetricSpec[]): Problems {
  const found: Record<string, string> = {}
  for (const { leaf, path } of leavesAt(draft.when, 'when')) {
    if (leaf.kind !== 'figure' || leaf.by !== 'level' || leaf.change) continue
    const metric = metrics.find(({ id }) => id === leaf.metric)
    const range = metric?.fields.find(({ id }) => id === leaf.field)?.range
    if (!range) continue
    const [low, high] = leaf.op === 'extreme' ? [0, Math.max(Math.abs(range[0]), Math.abs(range[1]))] : range
    if (leaf.on > high || leaf.on < low)
      found[path] =
        `This figure lies between ${range[0]} and ${range[1]}: it never reaches that level, or never leaves it.`
  }
  return found
}

const sentence = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`
