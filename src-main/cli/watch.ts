import process from 'node:process'
import { parseArgs } from 'node:util'
import type { InstrumentId } from '../../src-shared/instrument'
import { defaultRules } from '../../src-shared/default-rules'
import { defaultSettings } from '../../src-shared/settings'
import { defaultWatchlists } from '../../src-shared/watchlist'
import { Engine } from '../engine/engine'
import { systemClock } from '../engine/feed/clock'
import { liveFeed } from '../engine/live-feed'
import { metrics } from '../engine/metrics/index'
import { processProbe } from '../engine/process-probe'
import { venues } from '../engine/venues/index'
import { complain } from './complain'
import { whatIsWrong } from './instruments'
import { stopped } from './stopped'
import { Table } from './table'

const drawMs = 500
const simulated = ['sim:BTC-PERP', 'sim:ETH-USDT', 'sim:SOL-USDT']

/** `watch [instrument...]`: a table that is redrawn in place on a terminal, and a block a draw elsewhere. Ends with Ctrl+C. */
export async function watch(args: string[]): Promise<number> {
  const ids = wishOf(args)
  if (typeof ids === 'string') return complain(ids)
  const table = new Table(ids, metrics)
  const faults: string[] = []
  const engine = new Engine({
    clock: systemClock,
    metrics,
    venues: venues.map((venue) => venue.spec),
    feed: (listener, settings, bans) =>
      liveFeed({ listener, settings, bans, onBan: (ban) => faults.push(ban.reason) }),
    probe: processProbe(),
    report: (report) => {
      if (report.kind === 'fault') faults.push(report.message)
    }
  })
  engine.control({
    kind: 'configure',
    settings: defaultSettings,
    watchlists: { ...defaultWatchlists, lists: [] },
    rules: { ...defaultRules, rules: [] },
    bans: []
  })
  const line = engine.connect({
    post: (frame) => {
      table.receive(frame)
      if (frame.kind === 'market') line.command({ kind: 'ack', number: frame.number })
      if (frame.kind === 'fault') faults.push(frame.message)
    }
  })
  line.command({ kind: 'watch', instruments: ids.map((id) => ({ id, levels: 0, trades: false })) })
  const drawing = setInterval(() => {
    draw(table.lines(systemClock.now(), process.stdout.columns || 120), faults.splice(0))
  }, drawMs)
  await stopped()
  clearInterval(drawing)
  engine.stop()
  return 0
}

/** On a terminal the table stays where it is; into a pipe it goes on and on. */
function draw(lines: readonly string[], faults: readonly string[]): void {
  const home = process.stdout.isTTY ? '\u001b[H\u001b[2J' : ''
  process.stdout.write(home + [...lines, ...faults].join('\n') + '\n')
}

function wishOf(args: string[]): readonly InstrumentId[] | string {
  try {
    const { positionals } = parseArgs({ args, allowPositionals: true, options: {} })
    const wrong = whatIsWrong(positionals)
    if (wrong !== undefined) return wrong
    return positionals.length > 0 ? positionals : simulated
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
