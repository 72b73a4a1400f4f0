import { SvelteMap } from 'svelte/reactivity'
import type { Alert } from '../../src-shared/alert'
import {
  defaultAlertChannels,
  type AlertChannels,
  type ChannelStanding,
  type RemoteChannel,
  type SecretName
} from '../../src-shared/alerts/channels'
import type { Ask, Saved } from '../../src-shared/contract/calls'
import { plain } from '../../src-shared/format'
import type { Millis } from '../../src-shared/units'
import { play, playOwn, say, soundProblem, type Heard } from '../sound/sound'
import type { Channels } from './alerting'
import type { NoticesState } from './notices.svelte'

export class ChannelsState implements Channels {
  readonly #ask: Ask
  readonly #notices: NoticesState
  readonly #clock: () => Millis
  /** The user's sounds that were read since this window opened. */
  readonly #own = new SvelteMap<Alert['severity'], Uint8Array>()
  #settings = $state.raw<AlertChannels>(defaultAlertChannels)
  #standings = $state.raw<readonly ChannelStanding[]>([])

  constructor(ask: Ask, notices: NoticesState, clock: () => Millis) {
    this.#ask = ask
    this.#notices = notices
    this.#clock = clock
  }

  get settings(): AlertChannels {
    return this.#settings
  }
  get standings(): readonly ChannelStanding[] {
    return this.#standings
  }

  take(settings: AlertChannels, standings: readonly ChannelStanding[]): void {
    this.#settings = settings
    this.#standings = standings
  }

  stand(standings: readonly ChannelStanding[]): void {
    this.#standings = standings
  }

  async save(settings: AlertChannels): Promise<Saved> {
    const saved = await this.#ask('alert-channels:save', settings)
    if (saved.ok) this.#settings = settings
    return saved
  }

  secret(name: SecretName, secret: string): Promise<Saved> {
    return this.#ask('alert-channels:secret', name, secret)
  }

  test(channel: RemoteChannel): Promise<Saved> {
    return this.#ask('alert-channels:test', channel)
  }

  hear(channel: 'sound' | 'speech', side: Alert['side'], severity: Alert['severity']): void {
    const { sound, speech } = this.#settings
    const heard =
      channel === 'sound'
        ? this.#sound({ side, severity }, sound.volume)
        : say('Steelyard speaks like this', speech.volume)
    void heard.then(({ ok, detail }) => {
      if (!ok) void this.#notices.say(Promise.resolve({ ok, reason: detail }), 'Nothing was heard')
    })
  }

  /** Gives an alert to the ear, and says what came of it. */
  ring(alert: Alert, channels: readonly string[]): void {
    const { sound, speech } = this.#settings
    const wants = (channel: string) => channels.some((it) => it.split(':')[0] === channel)
    if (wants('sound')) this.#told(alert, 'sound', sound.enabled ? this.#sound(alert, sound.volume) : off)
    if (wants('speech'))
      this.#told(alert, 'speech', speech.enabled ? say(wordsOf(alert), speech.volume) : off)
  }

  async takeSound(severity: Alert['severity'], name: string, bytes: Uint8Array): Promise<Saved> {
    const problem = await soundProblem(bytes)
    if (problem !== '') return { ok: false, reason: problem }
    const kept = await this.#ask('sounds:keep', severity, bytes)
    if (!kept.ok) return kept
    this.#own.set(severity, bytes)
    const { sound } = this.#settings
    return this.save({
      ...this.#settings,
      sound: { ...sound, files: { ...sound.files, [severity]: name.slice(0, 120) } }
    })
  }

  async dropSound(severity: Alert['severity']): Promise<Saved> {
    this.#own.delete(severity)
    const { sound } = this.#settings
    const files = Object.fromEntries(Object.entries(sound.files ?? {}).filter(([of]) => of !== severity))
    const saved = await this.save({ ...this.#settings, sound: { ...sound, files } })
    return saved.ok ? this.#ask('sounds:drop', severity) : saved
  }

  /** The user's own sound where there is one. When it is gone the house's is played instead, and that is said. */
  async #sound(alert: Pick<Alert, 'side' | 'severity'>, volume: number): Promise<Heard> {
    const name = this.#settings.sound.files?.[alert.severity]
    if (name === undefined) return play(alert, volume)
    const own = await this.#ownSound(alert.severity)
    const heard = typeof own === 'string' ? { ok: false, detail: own } : await playOwn(own, volume)
    if (heard.ok) return heard
    const why = `Your sound for ${alert.severity} alerts (${plain(name, 60)}) was not played: ${heard.detail}.`
    this.#notices.tell(
      'warn',
      `${why} The usual sound was played instead; choose the file anew under Alerts, Channels.`
    )
    const usual = await play(alert, volume)
    return usual.ok
      ? { ok: true, detail: `the usual sound, for your own was not played: ${heard.detail}` }
      : usual
  }

  /** Its bytes, or why there are none. */
  async #ownSound(severity: Alert['severity']): Promise<Uint8Array | string> {
    const held = this.#own.get(severity)
    if (held) return held
    const read = await this.#ask('sounds:read', severity)
    if (!read.ok) return read.reason
    this.#own.set(severity, read.bytes)
    return read.bytes
  }

  #told(alert: Alert, channel: string, heard: Promise<Heard>): void {
    void heard.then(({ ok, detail }) => {
      const result = { alert: alert.id, channel, at: this.#clock(), detail }
      return this.#ask('alert-channels:played', { ...result, outcome: ok ? 'sent' : 'failed' })
    })
  }
}

const off = Promise.resolve({ ok: false, detail: 'it is switched off' })

const wordsOf = ({ ruleName, instrument, side }: Alert): string => {
  const symbol = instrument.slice(instrument.indexOf(':') + 1).replace(/[-_/]/g, ' ')
  return `${ruleName}, ${symbol}${side === 'none' ? '' : `, ${side} side`}`
}
