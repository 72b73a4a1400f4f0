import * as v from 'valibot'
import type { Millis } from '../units'
import type { DeliveryResult } from './record'

const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1))

const fileName = v.pipe(v.string(), v.minLength(1), v.maxLength(120))

/** Where alerts go beside the feed and the desktop. Secrets are not in it: they are kept by `SecretName`, and no window sees them again. */
export const alertChannelsSchema = v.strictObject({
  version: v.literal(1),
  /** Played by the window. */
  sound: v.strictObject({
    enabled: v.boolean(),
    volume: share,
    /** Names of the user's own sounds, for showing; the main process keeps copies of them. */
    files: v.exactOptional(
      v.strictObject({
        info: v.exactOptional(fileName),
        warn: v.exactOptional(fileName),
        critical: v.exactOptional(fileName)
      })
    )
  }),
  /** The rule and instrument, said by a voice of the system's. */
  speech: v.strictObject({ enabled: v.boolean(), volume: share }),
  telegram: v.strictObject({
    enabled: v.boolean(),
    /** A chat's number, or `@name` of a public channel; empty while unknown. */
    chat: v.pipe(v.string(), v.regex(/^(-?\d{1,20}|@\w{5,32})?$/, 'a chat is a number or an @name'))
  }),
  webhook: v.strictObject({
    enabled: v.boolean(),
    url: v.pipe(v.string(), v.maxLength(500)),
    /** The host that the user confirmed; alerts go to no other. An imported file confirms none. */
    confirmedHost: v.pipe(v.string(), v.maxLength(255))
  })
})
export type AlertChannels = Readonly<v.InferOutput<typeof alertChannelsSchema>>

export const defaultAlertChannels: AlertChannels = {
  version: 1,
  sound: { enabled: true, volume: 0.5 },
  speech: { enabled: false, volume: 0.7 },
  telegram: { enabled: false, chat: '' },
  webhook: { enabled: false, url: '', confirmedHost: '' }
}

/** Channels that leave this machine. */
export const remoteChannels = ['telegram', 'webhook'] as const
export type RemoteChannel = (typeof remoteChannels)[number]

export const secretNames = ['telegram-token', 'webhook-secret'] as const
export type SecretName = (typeof secretNames)[number]

/** Printable, as tokens and keys are; empty forgets it. */
export const secretSchema = v.pipe(v.string(), v.maxLength(256), v.regex(/^[\x21-\x7e]*$/, 'no spaces'))

/** How a channel stands that leaves this machine. */
export interface ChannelStanding {
  readonly channel: RemoteChannel
  /** Its secret is kept. The value is never told. */
  readonly hasSecret: boolean
  /** Why it cannot send as it is set, in words; empty when it can. */
  readonly wanting: string
  /** Alerts that wait for their next attempt. */
  readonly waiting: number
  /** Attempts in a row that failed. */
  readonly failures: number
  /** Since when nothing is sent, as too many failed; a test that succeeds ends it. */
  readonly pausedSince?: Millis
  /** The latest twenty, latest last. */
  readonly results: readonly DeliveryResult[]
}
