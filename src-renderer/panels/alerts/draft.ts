import * as v from 'valibot'
import type { InstrumentId } from '../../../src-shared/instrument'
import type { FigureCondition } from '../../../src-shared/alerts/condition'
import { calm, calmSmoothMs, ruleSchema, usual, type Rule } from '../../../src-shared/rule'

/** A rule while it is edited: spans in seconds, numbers may be missing. */
export interface Draft {
  readonly id: string
  /** What the editor does not show is kept as it was. */
  readonly base: Rule | undefined
  readonly enabled: boolean
  name: string
  kind: 'instrument' | 'watchlist'
  instrument: InstrumentId
  watchlist: string
  /** `metric.field`. */
  watched: string
  side: 'bid' | 'ask' | 'both'
  on: number | null
  off: number | null
  smooth: number | null
  min: number | null
  rearm: number | null
  cooldown: number | null
  /** As the rule has them; `feed` is always meant. */
  channels: string[]
}

/** Smoothing and minimal duration in seconds, from the alert study's table of false alarms. */
export const presets = [
  { name: 'Fast', smooth: 1, min: 0.5 },
  { name: 'Balanced', smooth: 2, min: 1.5 },
  { name: 'Calm', smooth: 2, min: 3 },
  { name: 'Patient', smooth: 5, min: 3 }
] as const

/** What a new rule begins with: the default imbalance band and the preset Calm. */
export function newDraft(id: string, watchlist: string, instrument: InstrumentId | undefined): Draft {
  return {
    id,
    base: undefined,
    enabled: true,
    name: 'Strong imbalance',
    kind: 'watchlist',
    instrument: instrument ?? '',
    watchlist,
    watched: 'imbalance.bps10',
    side: 'both',
    on: 0.6,
    off: 0.35,
    smooth: calmSmoothMs / 1_000,
    min: calm.minMs / 1_000,
    rearm: calm.rearmMs / 1_000,
    cooldown: calm.cooldownMs / 1_000,
    channels: ['feed', 'desktop']
  }
}

/** The figure of a rule of the plain kind: one figure beyond a level. Others are not for this editor. */
export function plainFigure({ when }: Rule): FigureCondition | undefined {
  return when.kind === 'figure' && when.op === 'extreme' && when.by === 'level' ? when : undefined
}

/** Of a plain rule. `watchlist` and `instrument` are what the other kind of scope begins with. */
export function draftOf(rule: Rule, watchlist: string, instrument: InstrumentId | undefined): Draft {
  const { scope } = rule
  const figure = plainFigure(rule)
  return {
    id: rule.id,
    base: rule,
    enabled: rule.enabled,
    name: rule.name,
    kind: scope.kind,
    instrument: scope.kind === 'instrument' ? scope.instrument : (instrument ?? ''),
    watchlist: scope.kind === 'watchlist' ? scope.watchlist : watchlist,
    watched: figure ? `${figure.metric}.${figure.field}` : '',
    side: rule.side === 'none' ? 'both' : rule.side,
    on: figure?.on ?? null,
    off: figure?.off ?? null,
    smooth: figure ? figure.smoothMs / 1_000 : null,
    min: rule.minMs / 1_000,
    rearm: rule.rearmMs / 1_000,
    cooldown: rule.cooldownMs / 1_000,
    channels: [...rule.channels]
  }
}

/** What is wrong with a draft, by the input it concerns, in words. */
export type Problems = Readonly<Record<string, string>>
export type Checked =
  { readonly ok: true; readonly rule: Rule } | { readonly ok: false; readonly problems: Problems }

const words: Readonly<Record<string, string>> = {
  name: 'Give the rule a name of at most 60 characters.',
  scope: 'Choose an instrument or a watchlist.',
  on: 'Give the ON level as a number.',
  off: 'Give the OFF level as a number.',
  smoothMs: 'Smoothing takes 0 to 60 s.',
  minMs: 'The duration takes 0 to 3,600 s.',
  rearmMs: 'Re-arming takes 0 to 3,600 s.',
  cooldownMs: 'The cooldown takes 0 to 86,400 s.'
}

/** Checks a draft as the store will, and that its levels are ones the figure can reach. */
export function check(draft: Draft, range: readonly [number, number] | undefined): Checked {
  const result = v.safeParse(ruleSchema, candidate(draft))
  if (!result.success) {
    const problems: Record<string, string> = {}
    for (const issue of result.issues) {
      const path = v.getDotPath(issue)?.split('.') ?? []
      const key = path[0] === 'when' ? (path[1] ?? 'off') : (path[0] ?? 'off')
      problems[key] ??=
        issue.type === 'check' ? sentence(issue.message) : (words[key] ?? `${key}: ${issue.message}`)
    }
    return { ok: false, problems }
  }
  const { on, off } = plainFigure(result.output) ?? { on: NaN, off: NaN }
  if (range && (on <= 0 || on > range[1]))
    return { ok: false, problems: { on: `The ON level must lie above 0 and at most at ${range[1]}.` } }
  if (range && off < 0) return { ok: false, problems: { off: 'The OFF level must not lie below 0.' } }
  return { ok: true, rule: result.output }
}

function candidate(draft: Draft): unknown {
  const [metric = '', field = ''] = draft.watched.split('.')
  const ms = (seconds: number | null) => (seconds === null ? null : Math.round(seconds * 1_000))
  return {
    ...usual,
    ...draft.base,
    id: draft.id,
    name: draft.name,
    enabled: draft.enabled,
    scope:
      draft.kind === 'instrument'
        ? { kind: 'instrument', instrument: draft.instrument }
        : { kind: 'watchlist', watchlist: draft.watchlist },
    side: draft.side,
    when: {
      ...{ kind: 'figure', metric, field, op: 'extreme', by: 'level' },
      ...{ on: draft.on, off: draft.off, smoothMs: ms(draft.smooth) }
    },
    minMs: ms(draft.min),
    rearmMs: ms(draft.rearm),
    cooldownMs: ms(draft.cooldown),
    channels: draft.channels
  }
}

const sentence = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`
