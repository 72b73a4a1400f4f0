import type { Alert } from '../../src-shared/alert'
import type { SnoozeFor } from '../../src-shared/alerts/policy'
import type { AlertCentre } from '../../src-shared/alerts/state'
import type { EngineHealth } from '../../src-shared/contract/frames'
import { clock, plain } from '../../src-shared/format'
import { symbolOf } from '../../src-shared/instrument'
import { millis } from '../../src-shared/units'

/** What the tray shows of the whole app. */
export interface TrayState {
  readonly engine: 'starting' | 'running' | 'restarting' | 'failed'
  /** Undefined while no engine told. */
  readonly books: EngineHealth['books'] | undefined
  readonly centre: AlertCentre | undefined
  /** Latest last. */
  readonly alerts: readonly Alert[]
  readonly unseen: number
}

export type TrayAct =
  | { readonly kind: 'mute'; readonly for: SnoozeFor }
  | { readonly kind: 'unmute' }
  | { readonly kind: 'acknowledge' }
  | { readonly kind: 'alert'; readonly alert: Alert }
  | { readonly kind: 'show' }
  | { readonly kind: 'quit' }

/** One line of the menu; without an act it only says something. */
export interface TrayLine {
  readonly label: string
  readonly act?: TrayAct
  readonly lines?: readonly TrayLine[]
  /** A line above it. */
  readonly separated?: boolean
}

const lastAlerts = 5
const told: readonly Alert['notice'][] = ['FIRE', 'FIRE_DEFERRED', 'STEP_UP', 'TEST']

export function trayMenu(state: TrayState): readonly TrayLine[] {
  const mute = muteOf(state)
  const open = state.centre?.active.filter(({ acknowledged }) => !acknowledged).length ?? 0
  const alerts = state.alerts.filter(({ notice }) => told.includes(notice)).slice(-lastAlerts)
  return [
    { label: standing(state) },
    ...(mute ? [{ label: mute.words }] : []),
    mute
      ? { label: 'End the mute', act: { kind: 'unmute' }, separated: true }
      : {
          label: 'Mute all alerts',
          separated: true,
          lines: [
            { label: '15 minutes', act: { kind: 'mute', for: '15m' } },
            { label: '1 hour', act: { kind: 'mute', for: '1h' } },
            { label: 'Until tomorrow 08:00', act: { kind: 'mute', for: 'tomorrow' } }
          ]
        },
    ...(open > 0
      ? [
          {
            label: `Acknowledge ${open} that ${open === 1 ? 'fires' : 'fire'}`,
            act: { kind: 'acknowledge' }
          } as const
        ]
      : []),
    ...(alerts.length === 0
      ? [{ label: 'No alerts yet', separated: true }]
      : alerts.reverse().map((alert, place) => ({
          label: lineOf(alert),
          act: { kind: 'alert', alert } as const,
          separated: place === 0
        }))),
    { label: 'Show window', act: { kind: 'show' }, separated: true },
    { label: 'Quit', act: { kind: 'quit' } }
  ]
}

/** What one sees beside the icon: the same state in a line. */
export function trayTip(state: TrayState): string {
  const mute = muteOf(state)
  const unseen = state.unseen > 0 ? [`${state.unseen} not seen`] : []
  return ['Steelyard', standing(state), ...(mute ? [mute.words] : []), ...unseen].join('\n')
}

/** The name of one of resources/tray. */
export function trayIcon(state: TrayState): string {
  const { engine, books } = state
  const isWhole = engine === 'running' && books !== undefined && books.live === books.watched
  const name = muteOf(state) ? 'muted' : isWhole ? 'live' : 'degraded'
  return state.unseen > 0 ? `${name}-unread` : name
}

function standing({ engine, books }: TrayState): string {
  if (engine === 'failed') return 'The engine has stopped: nothing is judged'
  if (engine !== 'running' || !books) return 'The engine is starting: nothing is judged'
  const { live, watched, stale = 0 } = books
  const offline = watched - live - stale
  const rest = [...(stale > 0 ? [`${stale} stale`] : []), ...(offline > 0 ? [`${offline} offline`] : [])]
  return [`${live} of ${watched} books live`, ...rest].join(', ')
}

function muteOf({ centre }: TrayState): { readonly words: string } | undefined {
  const all = centre?.snoozes.find(({ target }) => target.kind === 'all')
  if (!all) return undefined
  const until = Number.isFinite(all.until)
    ? `until ${clock(millis(all.until)).slice(0, 5)} UTC`
    : 'until it is over'
  return { words: `Muted ${until}${all.muted > 0 ? `, ${all.muted} held back` : ''}` }
}

/** Names of rules are the user's own, or come from a file: nothing in them is a mnemonic. */
function lineOf({ at, ruleName, instrument, instruments, side, simulated, notice }: Alert): string {
  const parts = [
    clock(at),
    ...(notice === 'TEST' ? ['TEST'] : []),
    ...(simulated ? ['SIM'] : []),
    plain(symbolOf(instrument), 24),
    ...(instruments ? [`and ${instruments.length - 1} more`] : []),
    plain(ruleName, 40),
    ...(side === 'none' ? [] : [side])
  ]
  return parts.join(' ').replaceAll('&', '&&')
}
