import * as v from 'valibot'
import { jsonLine } from '../json-place'
import type { Rule } from '../rule'
import { ruleSchema } from '../rule'
import { rulesFromOne } from './older-rules'

/** A file of rules larger than this is not read, bytes: five hundred long rules take about half of it. */
export const mostRuleFileBytes = 2_000_000
const mostRules = 500

/** One rule of a file, held against those that are here. */
export interface FoundRule {
  /** Its place in the file, from 1. */
  readonly place: number
  /** As the file has it, unchecked: for showing only. */
  readonly name: string
  readonly verdict: 'new' | 'replaces' | 'identical' | 'refused'
  /** Undefined of a refused one. */
  readonly rule?: Rule
  /** Why it is refused and where, in words; empty otherwise. */
  readonly reason: string
}
export type RuleFile =
  | { readonly ok: true; readonly found: readonly FoundRule[] }
  | { readonly ok: false; readonly reason: string }

/** Rules as a file that `readRuleFile` reads. */
export const ruleFileOf = (rules: readonly Rule[]): string =>
  `${JSON.stringify({ version: 2, rules }, undefined, 2)}\n`

/** What a file of rules holds: a whole file of this app's, of its first version too, a list of rules, or one. Nothing of it is trusted. */
export function readRuleFile(text: string, known: readonly Rule[]): RuleFile {
  if (text.length > mostRuleFileBytes) return no('The file is larger than 2 MB, which no file of rules is.')
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    const words = error instanceof Error ? error.message : 'it cannot be read'
    const line = jsonLine(text, words)
    return no(`This is not JSON${line === undefined ? '' : ` from line ${line} on`}: ${words.slice(0, 120)}`)
  }
  const list = listOf(json)
  if (typeof list === 'string') return no(list)
  if (list.length === 0) return no('The file holds no rules.')
  if (list.length > mostRules) return no(`The file holds ${list.length} rules; ${mostRules} is the most.`)
  const seen = new Set<string>()
  return { ok: true, found: list.map((it, place) => foundOf(it, place + 1, known, seen)) }
}

/** The rules that are here with those taken from a file: in the place of the same id, or at the end. */
export function withRules(known: readonly Rule[], taken: readonly Rule[]): readonly Rule[] {
  const byId = new Map(taken.map((rule) => [rule.id, rule]))
  const kept = known.map((rule) => byId.get(rule.id) ?? rule)
  const ids = new Set(known.map(({ id }) => id))
  return [...kept, ...taken.filter(({ id }) => !ids.has(id))]
}

function listOf(json: unknown): readonly unknown[] | string {
  if (Array.isArray(json)) return json as unknown[]
  if (typeof json !== 'object' || json === null) return 'The file holds no rules.'
  const { version, rules } = json as Record<string, unknown>
  if (rules === undefined && 'when' in json) return [json]
  if (!Array.isArray(rules)) return 'The file holds no list of rules.'
  if (version === 1) return (rulesFromOne(json as Record<string, unknown>) as { rules: unknown[] }).rules
  if (version === 2) return rules as unknown[]
  return typeof version === 'number' && version > 2
    ? 'The file was made by a newer version of this app.'
    : 'The file does not say which version of rules it holds.'
}

function foundOf(it: unknown, place: number, known: readonly Rule[], seen: Set<string>): FoundRule {
  const named = typeof it === 'object' && it !== null ? (it as Record<string, unknown>)['name'] : undefined
  const name = typeof named === 'string' ? named.slice(0, 60) : ''
  const refused = (reason: string): FoundRule => ({ place, name, verdict: 'refused', reason })
  const checked = v.safeParse(ruleSchema, it)
  if (!checked.success) {
    const [issue] = checked.issues
    const where = v.getDotPath(issue)
    return refused(`${where === null ? '' : `${where.slice(0, 80)}: `}${issue.message.slice(0, 160)}`)
  }
  const rule = checked.output
  if (seen.has(rule.id)) return refused(`id: a rule before it in the file has the same, ${rule.id}`)
  seen.add(rule.id)
  const old = known.find(({ id }) => id === rule.id)
  const verdict = old === undefined ? 'new' : textOf(old) === textOf(rule) ? 'identical' : 'replaces'
  return { place, name, verdict, rule, reason: '' }
}

/** The same for the same rule, in whatever order its parts are written. */
const textOf = (rule: Rule): string =>
  JSON.stringify(rule, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value
  )

const no = (reason: string): RuleFile => ({ ok: false, reason })
