import { readFile } from 'node:fs/promises'
import process from 'node:process'
import { parseArgs } from 'node:util'
import * as v from 'valibot'
import { rulesFromOne } from '../../src-shared/alerts/older-rules'
import type { Rules } from '../../src-shared/rule'
import { rulesSchema } from '../../src-shared/rule'
import { metrics } from '../engine/metrics/index'
import { Backtest } from '../engine/replay/backtest'
import { backtestReport } from './backtest-report'
import { complain } from './complain'
import { playFile } from './play-file'

const asked = 'alerts backtest <rules.json> <capture or folder of a tape> [--venue id] [--json]'

/** `alerts backtest <rules.json> <capture or tape>`. Exit code 2 for a wrong question, rules that are none and a bad file. */
export async function alerts([name = '', ...args]: string[]): Promise<number> {
  if (name !== 'backtest') return complain(asked)
  let parsed
  try {
    parsed = parseArgs({
      args,
      allowPositionals: true,
      options: { venue: { type: 'string' }, json: { type: 'boolean', default: false } }
    })
  } catch (error) {
    return complain(error instanceof Error ? error.message : String(error))
  }
  const { values, positionals } = parsed
  const [rulesFile, file, ...others] = positionals
  if (rulesFile === undefined || file === undefined || others.length > 0) return complain(asked)
  const rules = await rulesIn(rulesFile)
  if (typeof rules === 'string') return complain(rules)
  return backtest(rules, file, values.venue, values.json)
}

async function backtest(
  { rules }: Rules,
  file: string,
  venue: string | undefined,
  isJson: boolean
): Promise<number> {
  const test = new Backtest(rules, metrics)
  const trouble = await playFile(file, venue, test)
  if (trouble !== undefined) return complain(trouble)
  const { hours, faults, scores, judged } = test
  const answer = isJson
    ? JSON.stringify({ hours, faults, scores, alerts: judged })
    : backtestReport(rules, test)
  process.stdout.write(answer + '\n')
  return 0
}

async function rulesIn(path: string): Promise<Rules | string> {
  let json: unknown
  try {
    json = JSON.parse(await readFile(path, 'utf8'))
  } catch (error) {
    return `${path}: ${error instanceof Error ? error.message : String(error)}`
  }
  const isOne = typeof json === 'object' && json !== null && 'version' in json && json.version === 1
  const checked = v.safeParse(rulesSchema, isOne ? rulesFromOne(json as Record<string, unknown>) : json)
  if (checked.success) return checked.output
  const issue = checked.issues[0]
  return `${path}: ${v.getDotPath(issue) ?? 'no rules'}: ${issue.message}`
}
