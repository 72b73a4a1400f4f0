import type { Alert } from '../../src-shared/alert'
import {
  remoteChannels,
  type AlertChannels,
  type ChannelStanding,
  type RemoteChannel,
  type SecretName
} from '../../src-shared/alerts/channels'
import type { DeliveryResult } from '../../src-shared/alerts/record'
import type { Saved } from '../../src-shared/contract/calls'
import { millis } from '../../src-shared/units'
import { targetOf } from './address'
import { Outbox, type Attempt } from './outbox'
import type { Posting, Reply } from './post'
import { sampleAlert } from './sample'
import type { Secrets } from './secrets'
import { telegramBody, telegramPosting, telegramRefusal } from './telegram'
import type { Waiting, WaitingList } from './waiting'
import { webhookBody, webhookPosting } from './webhook'

/** Telegram takes one message a second in a chat. https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this */
const spacingMs = { telegram: 1_000, webhook: 0 }
const secretOf = { telegram: 'telegram-token', webhook: 'webhook-secret' } as const

export interface AlertChannelsParts {
  readonly settings: () => AlertChannels
  readonly secrets: Secrets
  readonly kept: { readonly value: WaitingList; save(list: WaitingList): Saved }
  readonly post: (posting: Posting) => Promise<Reply>
  readonly now: () => number
  readonly chance: () => number
  /** For the alert's history. */
  readonly onResult: (result: DeliveryResult) => void
  readonly onStanding: (standings: readonly ChannelStanding[]) => void
  /** A channel gave an alert up: it must reach its user another way. */
  readonly onGivenUp: (alert: string, channel: RemoteChannel, detail: string) => void
  /** What, since when, what next: loud. */
  readonly onPaused: (text: string) => void
}

/** Brings alerts to other machines, as far as the user set that up. */
export class AlertChannelsOut {
  readonly #parts: AlertChannelsParts
  readonly #outbox: Outbox
  #tests = 0

  constructor(parts: AlertChannelsParts) {
    this.#parts = parts
    this.#outbox = new Outbox({
      ...parts,
      spacingMs,
      attempt: (waiting) => this.#attempt(waiting),
      onResult: (result) => {
        parts.onResult(result)
        if (result.outcome === 'failed')
          parts.onGivenUp(result.alert, result.channel as RemoteChannel, result.detail)
        this.#tellStanding()
      },
      onPaused: (channel, detail, waiting) => {
        parts.onPaused(pausedText(channel, detail, waiting))
      }
    })
  }

  get standings(): readonly ChannelStanding[] {
    return remoteChannels.map((channel) => ({
      channel,
      hasSecret: this.#parts.secrets.has(secretOf[channel]),
      wanting: this.#wanting(channel),
      ...this.#outbox.standing(channel)
    }))
  }

  /** On those of `channels` that leave this machine. What cannot be sent as it is set up has its result at once. */
  deliver(alert: Alert, channels: readonly string[] = alert.channels): void {
    for (const channel of remoteChannels) {
      if (!channels.some((it) => it === channel || it.startsWith(`${channel}:`))) continue
      const wanting = this.#wanting(channel)
      if (wanting === '') this.#outbox.add(channel, alert.id, this.#bodyOf(channel, alert))
      else this.#refuse(alert, channel, wanting)
    }
    void this.tick()
  }

  async tick(): Promise<void> {
    await this.#outbox.tick()
  }

  /** The settings are others. */
  configure(): void {
    // What still waits for one that was switched off fails, and says so.
    for (const channel of remoteChannels) this.#outbox.resume(channel)
    this.#tellStanding()
  }

  async setSecret(name: SecretName, secret: string): Promise<Saved> {
    const saved = await this.#parts.secrets.set(name, secret)
    if (saved.ok) this.configure()
    return saved
  }

  /** Sends a test down the real path once, at once, also while the channel is off or paused. */
  async test(channel: RemoteChannel): Promise<Saved> {
    const wanting = this.#wanting(channel, true)
    if (wanting !== '') return { ok: false, reason: wanting }
    const id = `test-${String(this.#parts.now())}-${String(++this.#tests)}`
    const at = this.#parts.now()
    const body = this.#bodyOf(channel, { ...sampleAlert(at), id })
    const waiting = { alert: id, channel, body, queuedAt: at, nextAt: at, attempts: 0 }
    const attempt = await this.#attempt(waiting, true)
    const outcome = attempt.kind === 'sent' ? 'sent' : 'failed'
    const result = {
      alert: id,
      channel,
      at: millis(this.#parts.now()),
      outcome,
      detail: attempt.detail
    } as const
    this.#outbox.noteTest(result, channel)
    this.#tellStanding()
    return attempt.kind === 'sent' ? { ok: true } : { ok: false, reason: attempt.detail }
  }

  #refuse(alert: Alert, channel: RemoteChannel, detail: string): void {
    this.#parts.onResult({
      alert: alert.id,
      channel,
      at: millis(this.#parts.now()),
      outcome: 'failed',
      detail
    })
  }

  #bodyOf(channel: RemoteChannel, alert: Alert): string {
    return channel === 'webhook'
      ? webhookBody(alert)
      : telegramBody(alert, this.#parts.settings().telegram.chat)
  }

  /** Why the channel cannot send; empty when it can. */
  #wanting(channel: RemoteChannel, evenOff = false): string {
    const { telegram, webhook } = this.#parts.settings()
    if (!evenOff && !(channel === 'telegram' ? telegram : webhook).enabled) return 'it is switched off'
    if (channel === 'telegram') {
      if (!this.#parts.secrets.has('telegram-token')) return 'it has no bot token'
      return telegram.chat === '' ? 'it has no chat' : ''
    }
    const target = targetOf(webhook.url)
    if (!target.ok) return webhook.url === '' ? 'it has no address' : target.reason
    return target.url.host === webhook.confirmedHost
      ? ''
      : `nobody confirmed that alerts may go to ${target.url.host}`
  }

  async #attempt({ channel, alert, body }: Waiting, evenOff = false): Promise<Attempt> {
    const wanting = this.#wanting(channel, evenOff)
    if (wanting !== '') return { kind: 'failed', detail: wanting, again: false }
    const { secret, reason } = await this.#parts.secrets.get(secretOf[channel])
    if (reason !== '') return { kind: 'failed', detail: reason, again: false }
    const posting = this.#postingOf(channel, secret, alert, body)
    if (!posting) return { kind: 'failed', detail: 'its token is none of Telegram’s', again: false }
    const reply = await this.#parts.post(posting)
    return attemptOf(channel, reply, secret)
  }

  #postingOf(channel: RemoteChannel, secret: string, key: string, body: string): Posting | undefined {
    if (channel === 'telegram') return telegramPosting(secret, body)
    const target = targetOf(this.#parts.settings().webhook.url)
    return target.ok ? webhookPosting(target.url, secret, key, body) : undefined
  }

  #tellStanding(): void {
    this.#parts.onStanding(this.standings)
  }
}

/** Any 2xx took it. 408, 425, 429 and 5xx may pass; what else a server says, it will say again. */
function attemptOf(channel: RemoteChannel, reply: Reply, secret: string): Attempt {
  const { status } = reply
  // Whatever comes from outside may quote the address, and a bot's address holds its token.
  const clean = (words: string): string => (secret === '' ? words : words.replaceAll(secret, '…'))
  if (Number.isNaN(status)) return { kind: 'failed', detail: clean(reply.reason), again: true }
  if (status >= 200 && status < 300) return { kind: 'sent', detail: `answered ${String(status)}` }
  const again = status >= 500 || [408, 425, 429].includes(status)
  if (channel === 'webhook') return { kind: 'failed', detail: `answered ${String(status)}`, again }
  const { words, waitMs } = telegramRefusal(reply)
  return { kind: 'failed', detail: clean(words), again, waitMs }
}

const titles = { telegram: 'Telegram', webhook: 'The webhook' }
const pausedText = (channel: RemoteChannel, detail: string, waiting: number): string =>
  `${titles[channel]} failed ten times in a row (${detail}) and is paused; ${String(waiting)} alerts wait for it. ` +
  `Send a test from Alerts, Channels, to go on.`
