import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AlertHistory } from '../../src-main/engine/alert-history/history'
import { millis } from '../../src-shared/units'
import { anAlert } from './an-alert'
import { chanceOf } from './sim-venue/chance'

const notified = 'notified.log'
const posted = 'posted.log'
const seen = {
  ...{ figures: { 'imbalance.bps10': 0.7 }, bids: new Float64Array(50), asks: new Float64Array(50) },
  before: new Float32Array(4_800)
}

/** The killed: alert after alert, kept, told on the desktop and by webhook, and what became of it kept too. */
export async function alertsUntilKilled(folder: string): Promise<never> {
  const history = await opened(folder)
  // What a webhook's queue does after a start: everything told and not answered goes out again, under its one key.
  for (const { alert, deliveries } of history.all) {
    const isSent = deliveries.some(({ channel, outcome }) => channel === 'webhook' && outcome === 'sent')
    if (alert.channels.includes('webhook') && !isSent && deliveries.length > 0)
      post(folder, history, alert.id)
  }
  process.send?.('ready')
  const begun = [...history.all].map(({ alert }) => Number(alert.episode.split('|').at(-1)))
  for (let n = Math.max(0, ...begun) + 1; ; n++) {
    const episode = `r|sim:A|bid|${n}`
    const alert = anAlert({ episode, id: `${episode}|FIRE`, channels: ['desktop', 'webhook'] })
    await history.fired(alert, seen)
    await history.told(alert)
    appendFileSync(join(folder, notified), `${alert.id}\n`)
    history.delivered({
      ...{ alert: alert.id, channel: 'desktop', at: millis(n) },
      outcome: 'shown',
      detail: ''
    })
    post(folder, history, alert.id)
  }
}

function post(folder: string, history: AlertHistory, alert: string): void {
  appendFileSync(join(folder, posted), `${alert}\n`)
  history.delivered({ ...{ alert, channel: 'webhook', at: millis(0) }, outcome: 'sent', detail: '' })
}

export interface KillReport {
  readonly kills: number
  readonly entries: number
  readonly notifications: number
  /** What must not be, in words. */
  readonly wrong: readonly string[]
}

/** Starts the child again and again and kills it at times by chance; then holds what is on the disk against what was told. */
export async function killAgainAndAgain(
  start: () => ChildProcess,
  folder: string,
  kills: number,
  seed: number
): Promise<KillReport> {
  const chance = chanceOf(seed)
  for (let kill = 0; kill < kills; kill++) {
    const child = start()
    const gone = once(child, 'exit')
    await once(child, 'message')
    await new Promise((resolve) => setTimeout(resolve, chance() * 40))
    child.kill('SIGKILL')
    await gone
  }
  const history = await opened(folder)
  const shown = linesOf(join(folder, notified))
  const keys = linesOf(join(folder, posted))
  const entries = [...history.all]
  const episodes = new Map(entries.map((entry) => [entry.alert.id, entry]))
  const wrong = [
    ...duplicates(shown).map((id) => `${id} was notified twice`),
    ...duplicates(entries.map(({ alert }) => alert.id)).map((id) => `${id} has two entries`),
    ...shown.filter((id) => !episodes.has(id)).map((id) => `${id} was notified and has no entry`),
    ...keys.filter((key) => !episodes.has(key)).map((key) => `${key} was posted and has no entry`),
    ...entries
      .filter(
        ({ alert, deliveries }) =>
          alert.channels.length > 0 && !deliveries.some(({ channel }) => channel === 'desktop')
      )
      .map(({ alert }) => `nobody knows what became of ${alert.id}`)
  ]
  await history.close()
  return { kills, entries: entries.length, notifications: shown.length, wrong }
}

async function opened(folder: string): Promise<AlertHistory> {
  const history = new AlertHistory({
    ...{ folder, now: () => 0, tell: () => undefined, onChange: () => undefined },
    limits: { entries: 1e6, ageMs: 1e15, bytes: 1e12 }
  })
  await history.open()
  return history
}

const linesOf = (path: string): string[] =>
  existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter(Boolean) : []

const duplicates = (list: readonly string[]): string[] =>
  list.filter((it, place) => list.indexOf(it) !== place)
