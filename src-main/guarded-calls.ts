import type { IpcMain, IpcMainEvent, IpcMainInvokeEvent } from 'electron'
import * as v from 'valibot'
import { alertChannelsSchema, remoteChannels, secretNames, secretSchema } from '../src-shared/alerts/channels'
import { alertPolicySchema } from '../src-shared/alerts/policy'
import { deliverySchema } from '../src-shared/alerts/delivery'
import type { Answers, Call } from '../src-shared/contract/calls'
import { layoutsSchema } from '../src-shared/layout'
import { mostSoundBytes } from '../src-shared/alerts/sounds'
import { rulesSchema, severitySchema } from '../src-shared/rule'
import { settingsSchema } from '../src-shared/settings'
import { watchlistsSchema } from '../src-shared/watchlist'

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(200))

/** A plain name: no folder, no hidden file. */
const fileName = v.pipe(v.string(), v.maxLength(100), v.regex(/^\w[\w. -]*\.[a-z]{1,8}$/))
/** Ten thousand alerts in words take about a tenth of it. */
const mostText = 100_000_000

/** What each call may be asked with. */
export const argumentSchemas: { readonly [Name in Call]: v.GenericSchema<unknown, unknown[]> } = {
  'app:boot': v.strictTuple([]),
  'app:dismiss-notice': v.strictTuple([id]),
  'settings:save': v.strictTuple([settingsSchema]),
  'watchlists:save': v.strictTuple([watchlistsSchema]),
  'layouts:save': v.strictTuple([layoutsSchema]),
  'rules:save': v.strictTuple([rulesSchema]),
  'alert-policy:save': v.strictTuple([alertPolicySchema]),
  'alert-channels:save': v.strictTuple([alertChannelsSchema]),
  'alert-channels:secret': v.strictTuple([v.picklist(secretNames), secretSchema]),
  'alert-channels:test': v.strictTuple([v.picklist(remoteChannels)]),
  'alert-channels:played': v.strictTuple([deliverySchema]),
  'rules:test': v.strictTuple([id]),
  'file:save': v.strictTuple([fileName, v.pipe(v.string(), v.maxLength(mostText))]),
  'text:copy': v.strictTuple([v.pipe(v.string(), v.maxLength(mostText))]),
  'file:open': v.strictTuple([v.picklist(['rules', 'sound'])]),
  'sounds:keep': v.strictTuple([
    severitySchema,
    v.pipe(
      v.instance(Uint8Array),
      v.check(({ length }) => length <= mostSoundBytes, 'a sound of more than 1 MB')
    )
  ]),
  'sounds:drop': v.strictTuple([severitySchema]),
  'sounds:read': v.strictTuple([severitySchema]),
  'alerts:unseen': v.strictTuple([v.pipe(v.number(), v.integer(), v.minValue(0))]),
  'engine:restart': v.strictTuple([])
}

/** Where a question came from, as far as it matters; null when the frame is gone already. */
export interface Sender {
  readonly origin: string
  readonly isMainFrame: boolean
}

export function senderOf({ senderFrame }: IpcMainInvokeEvent | IpcMainEvent): Sender | null {
  if (senderFrame === null) return null
  return { origin: originOf(senderFrame.url), isMainFrame: senderFrame.parent === null }
}

/** Only the app's own page, in the window itself and not in a frame of it, is answered. */
export function isOurPage(sender: Sender | null, origin: string): boolean {
  return sender !== null && sender.isMainFrame && sender.origin === origin
}

/**
 * The one door between pages and the main process.
 * @throws to the asking page, when it is not ours or its argument is malformed
 */
export function guardCalls(ipc: Pick<IpcMain, 'handle'>, origin: string, answers: Answers): void {
  for (const name of Object.keys(argumentSchemas) as Call[]) {
    ipc.handle(name, async (event, ...args: unknown[]) => {
      if (!isOurPage(senderOf(event), origin)) throw new Error(`${name}: asked from outside the app`)
      const checked = v.safeParse(argumentSchemas[name], args)
      if (!checked.success) return refused(name, checked.issues[0])
      return await (answers[name] as (...args: unknown[]) => unknown)(...checked.output)
    })
  }
}

function refused(name: Call, issue: v.BaseIssue<unknown>) {
  const path = v.getDotPath(issue)
  return { ok: false, reason: `${name}${path === null ? '' : ` (${path})`}: ${issue.message}` }
}

/** `app://steelyard`, `http://localhost:5173`. URL itself calls the origin of any own scheme "null". */
function originOf(url: string): string {
  return /^[a-z]+:\/\/[^/?#]*/.exec(url)?.[0] ?? ''
}
