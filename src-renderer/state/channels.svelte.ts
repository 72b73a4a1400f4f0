import type { Alert } from '../../src-shared/alert'
import {
  defaultAlertChannels,
  type AlertChannels,
  type ChannelStanding,
  type RemoteChannel,
  type SecretName
} from '../../src-shared/alerts/channels'
import type { Ask, Saved } from '../../src-shared/contract/calls'
import type { Millis } from '../../src-shared/units'
import { play, say, type Heard } from '../sound/sound'
import type { Channels } from './desk'
import type { NoticesState } from './notices.svelte'

export class ChannelsState implements Channels {
  readonly #ask: Ask
  readonly #notices: NoticesState
  readonly #clock: () => Millis
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
        ? play({ side, severity }, sound.volume)
        : say('Steelyard speaks like this', speech.volume)
    void heard.then(({ ok, detail }) => {
      if (!ok) void this.#notices.say(Promise.resolve({ ok, reason: detail }), 'Nothing was heard')
    })
  }

  /** Gives an alert to the ear, and says what came of it. */
  ring(alert: Alert, channels: readonly string[]): void {
    const { sound, speech } = this.#settings
    const wants = (channel: string) => channels.some((it) => it.split(':')[0] === channel)
    if (wants('sound')) this.#told(alert, 'sound', sound.enabled ? play(alert, sound.volume) : off)
    if (wants('speech'))
      this.#told(alert, 'speech', speech.enabled ? say(wordsOf(alert), speech.volume) : off)
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
