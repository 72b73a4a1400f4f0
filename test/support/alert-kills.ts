import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { AlertHistory } from '../../src-main/engine/alert-history/history'
import { AlertChannelsOut } from '../../src-main/outbound/alert-channels'
import { post } from '../../src-main/outbound/post'
import { Secrets } from '../../src-main/outbound/secrets'
import type { WaitingList } from '../../src-main/outbound/waiting'
import { defaultAlertChannels } from '../../src-shared/alerts/channels'
import { millis } from '../../src-shared/units'
import { anAlert } from './an-alert'
import { chanceOf } from './sim-venue/chance'
import { secret, WebhookReceiver, type Received } from './webhook-receiver'

const notified = 'notified.log'
const outbox = 'outbox.json'
/** As the app's own files are: a moment after each change. */
const writeDelayMs = 300
const seen = {
  ...{ figures: { 'imbalance.bps10': 0.7 }, bids: new Float64Array(50), asks: new Float64Array(50) },
  before: new Float32Array(4_800)
}

/**
 * The killed: alert after alert, kept, told on the desktop and by the app's own webhook, and what became of it kept too. `mostAlerts` 0: only what was not
 * sent yet goes out, and then it ends by itself.
 */
export async function alertsUntilKilled(folder: string, url: string, mostAlerts = Infinity): Promise<void> {
  const history = await opened(folder)
  const outbound = outboundOf(folder, url, history)
  for (const alert of history.unsent) outbound.deliver(alert, alert.channels)
  const ticking = setInterval(() => void outbound.tick(), 5)
  process.send?.('ready')
  const begun = [...history.all].map(({ alert }) => Number(alert.episode.split('|').at(-1)))
  const first = Math.max(0, ...begun) + 1
  const waiting = (): number => outbound.standings.reduce((sum, it) => sum + it.waiting, 0)
  for (let n = first; n < first + mostAlerts; n++) {
    // More than 500 would not be kept.
    while (waiting() > 50) await later(2)
    const episode = `r|sim:A|bid|${n}`
    const alert = anAlert({ episode, id: `${episode}|FIRE`, channels: ['desktop', 'webhook'] })
    void history.fired(alert, seen)
    await history.told(alert)
    appendFileSync(join(folder, notified), `${alert.id}\n`)
    history.delivered({
      ...{ alert: alert.id, channel: 'desktop', at: millis(n) },
      outcome: 'shown',
      detail: ''
    })
    outbound.deliver(alert, ['webhook'])
  }
  while (waiting() > 0) await later(20)
  clearInterval(ticking)
  await history.close()
}

/** The app's own way out: queue, retries, signature, key, and the rules of where it may go. */
function outboundOf(folder: string, url: string, history: AlertHistory): AlertChannelsOut {
  const path = join(folder, outbox)
  let value: WaitingList = existsSync(path)
    ? (JSON.parse(readFileSync(path, 'utf8')) as WaitingList)
    : { version: 1, waiting: [] }
  let writing: NodeJS.Timeout | undefined
  const sealed = Buffer.from(secret).toString('base64')
  const safe = {
    wanting: () => Promise.resolve(''),
    seal: (text: string) => Promise.resolve(Buffer.from(text)),
    open: (closed: Buffer) => Promise.resolve(closed.toString())
  }
  const kept = {
    value: { version: 1, sealed: { 'webhook-secret': sealed } } as const,
    save: () => ({ ok: true }) as const
  }
  return new AlertChannelsOut({
    settings: () => ({
      ...defaultAlertChannels,
      webhook: { enabled: true, url, confirmedHost: new URL(url).host }
    }),
    secrets: new Secrets(kept, safe),
    kept: {
      get value() {
        return value
      },
      save: (list) => {
        value = list
        writing ??= setTimeout(() => {
          writing = undefined
          writeFileSync(`${path}.new`, JSON.stringify(value))
          renameSync(`${path}.new`, path)
        }, writeDelayMs)
        return { ok: true }
      }
    },
    ...{ post, now: () => Date.now(), chance: () => Math.random() },
    onResult: (result) => {
      history.delivered(result)
    },
    onStanding: () => undefined,
    onGivenUp: () => undefined,
    onPaused: () => undefined
  })
}

export interface KillReport {
  readonly kills: number
  readonly entries: number
  readonly notifications: number
  /** What the webhook's receiver heard, repetitions with it. */
  readonly posts: number
  readonly keys: number
  /** What must not be, in words. */
  readonly wrong: readonly string[]
}

export interface KillParts {
  /** A process that runs `alertsUntilKilled` with these. */
  readonly start: (url: string, mostAlerts?: number) => ChildProcess
  readonly folder: string
  readonly kills: number
  readonly seed: number
}

/** Starts the child again and again and kills it at times by chance; then holds what is on the disk against what was told. */
export async function killAgainAndAgain({ start, folder, kills, seed }: KillParts): Promise<KillReport> {
  const chance = chanceOf(seed)
  const receiver = await WebhookReceiver.start(chance)
  for (let kill = 0; kill < kills; kill++) {
    const child = start(receiver.url)
    const gone = once(child, 'exit')
    await once(child, 'message')
    // One in ten lives long enough for its queue to reach the disk.
    await later(chance() * (kill % 10 === 9 ? 500 : 40))
    child.kill('SIGKILL')
    await gone
  }
  receiver.isWell = true
  // At last it is let alone: whatever was told and not sent goes out.
  await once(start(receiver.url, 0), 'exit')
  await receiver.stop()
  const history = await opened(folder)
  const shown = linesOf(join(folder, notified))
  const entries = [...history.all].map(({ alert, deliveries }) => ({
    ...{ id: alert.id, channels: alert.channels },
    isKnown: deliveries.some(({ channel }) => channel === 'desktop'),
    isTold: deliveries.some(({ channel, outcome }) => channel === 'webhook' && outcome !== 'lost')
  }))
  const unsent = history.unsent.map(({ id }) => `${id} still waits for its webhook`)
  await history.close()
  const { received } = receiver
  return {
    ...{ kills, entries: entries.length, notifications: shown.length },
    ...{ posts: received.length, keys: new Set(received.map(({ key }) => key)).size },
    wrong: [...wrongIn(entries, shown), ...wrongPosts(entries, received), ...unsent]
  }
}

interface Found {
  readonly id: string
  readonly channels: readonly string[]
  /** What became of it on the desktop is known. */
  readonly isKnown: boolean
  /** It went out by webhook, or tried to. */
  readonly isTold: boolean
}

function wrongIn(entries: readonly Found[], shown: readonly string[]): string[] {
  const ids = entries.map(({ id }) => id)
  return [
    ...duplicates(shown).map((id) => `${id} was notified twice`),
    ...duplicates(ids).map((id) => `${id} has two entries`),
    ...shown.filter((id) => !ids.includes(id)).map((id) => `${id} was notified and has no entry`),
    ...entries
      .filter(({ channels, isKnown }) => channels.length > 0 && !isKnown)
      .map(({ id }) => `nobody knows what became of ${id}`)
  ]
}

function wrongPosts(entries: readonly Found[], received: readonly Received[]): string[] {
  const ids = new Set(entries.map(({ id }) => id))
  const bodies = new Map<string, Set<string>>()
  for (const { key, body } of received) bodies.set(key, (bodies.get(key) ?? new Set()).add(body))
  return [
    ...received.filter(({ isSigned }) => !isSigned).map(({ key }) => `${key} came unsigned`),
    ...[...bodies].filter(([key]) => !ids.has(key)).map(([key]) => `${key} was posted and has no entry`),
    ...[...bodies]
      .filter(([key, all]) => all.size > 1 || [...all].some((body) => idIn(body) !== key))
      .map(([key]) => `${key} stands for more than one alert`),
    ...entries
      .filter(({ id, isTold }) => isTold && !bodies.has(id))
      .map(({ id }) => `${id} never reached the receiver`)
  ]
}

const idIn = (body: string): unknown => (JSON.parse(body) as { id: unknown }).id

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

function duplicates(list: readonly string[]): string[] {
  const known = new Set<string>()
  return list.filter((it) => known.size === known.add(it).size)
}

const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
