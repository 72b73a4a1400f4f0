import { readFile } from 'node:fs/promises'
import process from 'node:process'
import { parseArgs } from 'node:util'
import * as v from 'valibot'
import { rulesFromOne } from '../../src-shared/alerts/older-rules'
import type { AlertPolicy } from '../../src-shared/alerts/policy'
import { alertPolicySchema } from '../../src-shared/alerts/policy'
import type { Rules } from '../../src-shared/rule'
import { rulesSchema } from '../../src-shared/rule'
import { metrics } from '../engine/metrics/index'
import { Backtest } from '../engine/replay/backtest'
import { backtestReport } from './backtest-report'
import { complain } from './complain'
import { playFile } from './play-file'

const asked =
  'alerts backtest <rules.json> <capture or folder of a tape> [--venue id] [--policy file] [--json]'

/** `alerts backtest <rules.json> <capture or tape>`. Exit code 2 for a wrong question, rules that are none and a bad file. */
export async function alerts([name = '', ...args]: string[]): Promise<number> {
  if (name !== 'backtest') return complain(asked)
  let parsed
  try {
    parsed = parseArgs({
      args,
      allowPositionals: true,
      options: {
        venue: { type: 'string' },
        policy: { type: 'string' },
        json: { type: 'boolean', default: false }
      }
    })
  } catch (error) {
    return complain(error instanceof Error ? error.message : String(error))
  }
  const { values, positionals } = parsed
  const [rulesFile, file, ...others] = positionals
  if (rulesFile === undefined || file === undefined || others.length > 0) return complain(asked)
  const rules = await rulesIn(rulesFile)
  if (typeof rules === 'string') return complain(rules)
  const policy = values.policy === undefined ? undefined : await policyIn(values.policy)
  if (typeof policy === 'string') return complain(policy)
  // As in the app: quiet hours of a policy that names no zone are the machine's own.
  const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone
  const test = new Backtest(rules.rules, metrics, { zone, ...(policy && { policy }) })
  const trouble = await playFile(file, values.venue, test)
  if (trouble !== undefined) return complain(trouble)
  const { hours, faults, results, judged } = test
  const answer = values.json
    ? JSON.stringify({ hours, faults, rules: results, alerts: judged })
    : backtestReport(rules.rules, test)
  process.stdout.write(answer + '\n')
  return 0
}

async function rulesIn(path: string): Promise<Rules | string> {
  const json = await jsonIn(path)
  if ('reason' in json) return json.reason
  const { value } = json
  const isOne = typeof value === 'object' && value !== null && 'version' in value && value.version === 1
  return checked(rulesSchema, isOne ? rulesFromOne(value as Record<string, unknown>) : value, path, 'rules')
}

async function policyIn(path: string): Promise<AlertPolicy | string> {
  const json = await jsonIn(path)
  return 'reason' in json ? json.reason : checked(alertPolicySchema, json.value, path, 'policy')
}

async function jsonIn(path: string): Promise<{ readonly value: unknown } | { readonly reason: string }> {
  try {
    return { value: JSON.parse(await readFile(path, 'utf8')) as unknown }
  } catch (error) {
    return { reason: `${path}: ${error instanceof Error ? error.message : String(error)}` }
  }
}

/** As the schema has it, or where it is wrong, in words. */
function checked<Schema extends v.GenericSchema>(
  schema: Schema,
  value: unknown,
  path: string,
  what: string
): v.InferOutput<Schema> | string {
  const found = v.safeParse(schema, value)
  if (found.success) return found.output
  const issue = found.issues[0]
  return `${path}: ${v.getDotPath(issue) ?? `no ${what}`}: ${issue.message}`
}
