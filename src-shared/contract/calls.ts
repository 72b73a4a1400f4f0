import type { Alert } from '../alert'
import type { AlertChannels, ChannelStanding, RemoteChannel, SecretName } from '../alerts/channels'
import type { AlertPolicy } from '../alerts/policy'
import type { DeliveryResult } from '../alerts/record'
import type { InstrumentId } from '../instrument'
import type { Layouts } from '../layout'
import type { Rules, Severity } from '../rule'
import type { Settings } from '../settings'
import type { Millis } from '../units'
import type { Watchlists } from '../watchlist'

/** What the app runs on; `evaluation` is the pinned old runtime, shown as a permanent badge. */
export interface Runtime {
  readonly app: string
  readonly electron: string
  readonly chrome: string
  readonly node: string
  readonly evaluation: boolean
  readonly platform: string
}

/** Something the user must be told once: a file that could not be read, a notification that failed. */
export interface AppNotice {
  readonly id: string
  readonly at: Millis
  readonly severity: 'info' | 'warn' | 'critical'
  /** What, since when, what happens next. */
  readonly text: string
}

/** How one alert reached the desktop. */
export interface Delivery {
  readonly alert: string
  readonly at: Millis
  readonly outcome: 'shown' | 'failed' | 'unsupported'
  readonly detail: string
}

export interface Boot {
  readonly settings: Settings
  readonly watchlists: Watchlists
  readonly layouts: Layouts
  readonly rules: Rules
  readonly alertPolicy: AlertPolicy
  readonly alertChannels: AlertChannels
  readonly channelStandings: readonly ChannelStanding[]
  readonly runtime: Runtime
  readonly notices: readonly AppNotice[]
  /** Latest last. */
  readonly alerts: readonly Alert[]
  readonly deliveries: readonly Delivery[]
}

/** Saving answers with what is wrong, or nothing. */
export type Saved = { readonly ok: true } | { readonly ok: false; readonly reason: string }

/** What a file is picked for; it says how large it may be. */
export type OpenKind = 'rules' | 'sound'
export type Opened =
  | { readonly ok: true; readonly name: string; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly reason: string }

/** Every question a window may ask the main process: name → (argument) → answer. */
export interface Calls {
  'app:boot': () => Boot
  'app:dismiss-notice': (id: string) => Saved
  'settings:save': (settings: Settings) => Saved
  'watchlists:save': (watchlists: Watchlists) => Saved
  'layouts:save': (layouts: Layouts) => Saved
  'rules:save': (rules: Rules) => Saved
  'alert-policy:save': (policy: AlertPolicy) => Saved
  'alert-channels:save': (channels: AlertChannels) => Saved
  /** Keeps a secret, sealed; an empty one forgets it. It never comes back. */
  'alert-channels:secret': (name: SecretName, secret: string) => Saved
  /** Sends a test down the channel's real path; answers when its receiver did. */
  'alert-channels:test': (channel: RemoteChannel) => Saved
  /** What became of a sound or a voice that the window was told to give. */
  'alert-channels:played': (result: DeliveryResult) => Saved
  /** Sends the rule's notice down the real path, marked TEST. */
  'rules:test': (rule: string) => Saved
  /** Asks the user where, and keeps the text there. Refused without a reason: the user thought better of it. */
  'file:save': (name: string, text: string) => Saved
  /** Puts text on the system's clipboard, which windows may not touch. */
  'text:copy': (text: string) => Saved
  /** Asks the user for a file, and reads it. Refused without a reason: the user thought better of it. */
  'file:open': (kind: OpenKind) => Opened
  /** Keeps a copy of a sound, to be played for alerts of this severity; it is checked again. */
  'sounds:keep': (severity: Severity, bytes: Uint8Array) => Saved
  'sounds:drop': (severity: Severity) => Saved
  'sounds:read': (severity: Severity) => Opened
  /** So many alerts were not seen in the window yet: shown as a badge and in the tray. */
  'alerts:unseen': (count: number) => Saved
  'engine:restart': () => Saved
}
export type Call = keyof Calls
export type Ask = <Name extends Call>(
  name: Name,
  ...args: Parameters<Calls[Name]>
) => Promise<ReturnType<Calls[Name]>>
export type Answers = {
  readonly [Name in Call]: (
    ...args: Parameters<Calls[Name]>
  ) => ReturnType<Calls[Name]> | Promise<ReturnType<Calls[Name]>>
}

/** What the main process tells a window unasked. */
export type Tell =
  /** `running` after `restarting` means a new port is on its way. */
  | {
      readonly kind: 'engine'
      readonly state: 'starting' | 'running' | 'restarting' | 'failed'
      readonly since: Millis
      readonly reason: string
      readonly nextAttemptAt?: Millis
    }
  | { readonly kind: 'notice'; readonly notice: AppNotice }
  | { readonly kind: 'delivery'; readonly delivery: Delivery }
  | { readonly kind: 'channels'; readonly standings: readonly ChannelStanding[] }
  /** To be heard, on those of `channels` that are `sound` or `speech`. */
  | { readonly kind: 'ring'; readonly alert: Alert; readonly channels: readonly string[] }
  /** A notification was clicked. */
  | { readonly kind: 'focus'; readonly instrument: InstrumentId; readonly alert: string }
  /** A file changed on the main side (a restored backup, another window). */
  | { readonly kind: 'watchlists'; readonly watchlists: Watchlists }
  | { readonly kind: 'layouts'; readonly layouts: Layouts }
  | { readonly kind: 'rules'; readonly rules: Rules }
  | { readonly kind: 'settings'; readonly settings: Settings }

/** What the preload script puts on `window.steelyard`; nothing else crosses. */
export interface Bridge {
  readonly ask: Ask
  /** Called for every engine port, the first and each re-issued one. */
  readonly onTell: (listener: (tell: Tell) => void) => void
  /** Tells the preload that the page listens for ports (`window` message `steelyard-port`). */
  readonly wantPort: () => void
}
