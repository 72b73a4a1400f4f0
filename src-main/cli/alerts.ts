import { readFile } from 'node:fs/promises'
import process from 'node:process'
import { parseArgs } from 'node:util'
import * as v from 'valibot'
import { rulesFromOne } from '../../src-shared/alerts/older-rules'
import type { Rules } from '../../src-shared/rule'
import { rulesSchema } from '../../src-shared/rule'
import { metrics } from '../engine/metrics/index'
import { readTape } from '../engine/tape/reader'
import { Replay } from '../engine/tape/replay'
import { venues } from '../engine/venues/index'
import type { Venue } from '../engine/venues/venue'
import { guessVenue } from '../study/capture/venue-guess'
import { Backtest } from './backtest'
import { backtestReport } from './backtest-report'
import { complain } from './complain'

const asked = 'alerts backtest <rules.json> <capture> [--venue id] [--json]'

/** `alerts backtest <rules.json> <capture>`. Exit code 2 for a wrong question, rules that are none and a bad file. */
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
  const venue = await venueOf(values.venue, file)
  if (typeof venue === 'string') return complain(venue)
  return backtest(rules, file, venue, values.json)
}

async function backtest({ rules }: Rules, file: string, venue: Venue, isJson: boolean): Promise<number> {
  const test = new Backtest(rules, metrics)
  const tape = new Replay(venue, test)
  const end = await readTape(file, (frame) => {
    test.until(frame.at)
    tape.take(frame)
  })
  if (!end.ok) return complain(end.reason)
  if (!tape.isRecognised) return complain(`${file}: holds no message that ${venue.spec.title} would send`)
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

async function venueOf(id: string | undefined, file: string): Promise<Venue | string> {
  let found = id
  if (found === undefined) {
    const end = await readTape(file, (frame) => {
      found ??= guessVenue(frame)
    })
    if (!end.ok) return end.reason
  }
  const venue = venues.find(({ spec }) => spec.id === found)
  return venue ?? `which venue? --venue is one of ${venues.map(({ spec }) => spec.id).join(', ')}`
}
