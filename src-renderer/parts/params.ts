import * as v from 'valibot'
import type { MetricSpec, ParamSpec } from '../../src-shared/contract/catalogue'
import { decimal } from '../../src-shared/format'
import type { Settings } from '../../src-shared/settings'

/** A metric's parameters while they are edited, as typed. */
export type ParamDraft = Readonly<Record<string, string>>

/** What is typed for a moment: a day and a time in UTC, seconds if need be. */
const momentPattern = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d)(:\d\d)?$/

/** A moment as it is typed; empty for none. */
export const momentText = (seconds: number): string =>
  seconds === 0
    ? ''
    : new Date(seconds * 1_000).toISOString().slice(0, 19).replace('T', ' ').replace(/:00$/, '')

function momentOf(text: string): number {
  const [, day, minute, second = ':00'] = momentPattern.exec(text) ?? []
  if (text === '') return 0
  // A day that is not in the calendar has no time.
  return day === undefined ? NaN : Date.parse(`${day}T${minute}${second}Z`) / 1_000
}

/** A moment within the range, or none. */
function momentSchema({ range: [, high] }: ParamSpec) {
  const words = 'A time in UTC as 2026-11-26 14:30, or nothing.'
  return v.pipe(
    v.string(),
    v.trim(),
    v.transform(momentOf),
    v.number(words),
    v.finite(words),
    v.minValue(0, words),
    v.maxValue(high, words)
  )
}

/** What a parameter may be: a finite number within its range, whole where it must be. */
export function paramSchema({ range: [low, high], whole }: ParamSpec) {
  const words = `${whole === true ? 'A whole number' : 'A number'} from ${plainNumber(low)} to ${plainNumber(high)}.`
  const typed = v.pipe(v.string(), v.trim(), v.regex(/^[-+]?[\d.,]+(e[-+]?\d+)?$/i, words))
  return v.pipe(
    typed,
    v.transform((text) => Number(text.replaceAll(',', ''))),
    v.number(words),
    v.finite(words),
    v.minValue(low, words),
    v.maxValue(high, words),
    v.check((value) => whole !== true || Number.isInteger(value), words)
  )
}

function plainNumber(value: number): string {
  if (Math.abs(value) >= 1e7) return value.toExponential(0)
  return Number.isInteger(value) ? decimal(value, 0) : decimal(value, 3).replace(/0+$/, '')
}

export const textOf = ({ moment }: ParamSpec, value: number): string =>
  moment ? momentText(value) : String(value)

/** What the metric runs with: settings where they say something, its defaults elsewhere. */
export const paramsOf = ({ id, params = [] }: MetricSpec, settings: Settings): ParamDraft =>
  Object.fromEntries(
    params.map((param) => [param.id, textOf(param, settings.metrics?.[id]?.[param.id] ?? param.default)])
  )

export type CheckedParams =
  | { readonly ok: true; readonly values: Readonly<Record<string, number>> }
  | { readonly ok: false; readonly problems: Readonly<Record<string, string>> }

export function checkParams({ params = [] }: MetricSpec, draft: ParamDraft): CheckedParams {
  const values: Record<string, number> = {}
  const problems: Record<string, string> = {}
  for (const param of params) {
    const result = v.safeParse(param.moment ? momentSchema(param) : paramSchema(param), draft[param.id] ?? '')
    if (result.success) values[param.id] = result.output
    else problems[param.id] = result.issues[0].message
  }
  return Object.keys(problems).length > 0 ? { ok: false, problems } : { ok: true, values }
}

/** The settings with a metric's parameters; only what differs from the defaults is kept. */
export function withParams(
  settings: Settings,
  { id, params = [] }: MetricSpec,
  values: Readonly<Record<string, number>>
): Settings {
  const changed = params.flatMap((param) => {
    const value = values[param.id]
    return value === undefined || value === param.default ? [] : [[param.id, value] as const]
  })
  const others = Object.entries(settings.metrics ?? {}).filter(([metric]) => metric !== id)
  const own = changed.length > 0 ? [[id, Object.fromEntries(changed)] as const] : []
  const metrics = Object.fromEntries([...others, ...own])
  return { ...settings, metrics }
}

const units: Readonly<Partial<Record<ParamSpec['unit'], string>>> = {
  ...{ seconds: 's', ms: 'ms', bps: 'bps', ticks: 'ticks', base: 'base', quote: 'quote', share: 'of 1' }
}

/** What stands behind the input. */
export const paramUnit = ({ unit, moment }: ParamSpec): string => (moment ? '' : (units[unit] ?? ''))
