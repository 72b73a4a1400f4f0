import * as v from 'valibot'
import type { Alert } from '../../src-shared/alert'
import { textOf } from '../desktop/notification-text'
import type { Posting, Reply } from './post'

const home = 'https://api.telegram.org'

/** `parse_mode` is left out: names of venues and users are plain text there. https://core.telegram.org/bots/api#sendmessage */
export function telegramBody(alert: Alert, chat: string): string {
  const { title, body } = textOf(alert)
  return JSON.stringify({
    chat_id: chat,
    text: `${alert.severity === 'critical' ? 'CRITICAL ' : ''}${title}\n${body}`,
    disable_notification: alert.severity === 'info'
  })
}

/** A token is `number:letters`. Undefined: this is none, and must not become part of an address. */
export function telegramPosting(token: string, body: string): Posting | undefined {
  if (!/^\d{3,20}:[\w-]{20,100}$/.test(token)) return undefined
  return {
    url: new URL(`${home}/bot${token}/sendMessage`),
    body,
    headers: { 'content-type': 'application/json', 'user-agent': 'Steelyard' }
  }
}

const answer = v.object({
  description: v.optional(v.string(), ''),
  parameters: v.optional(v.object({ retry_after: v.optional(v.number()) }))
})

/** What Telegram says of a refusal: its words, and for how long nothing may be sent (ms, 0 when it does not say). */
export function telegramRefusal({ status, body }: Reply): {
  readonly words: string
  readonly waitMs: number
} {
  let json: unknown
  try {
    json = JSON.parse(body)
  } catch {
    // A proxy's page; the status says enough.
    json = {}
  }
  const read = v.safeParse(answer, json)
  const told = read.success ? read.output : { description: '' }
  return {
    words: `Telegram answered ${String(status)}${told.description === '' ? '' : `: ${told.description.slice(0, 200)}`}`,
    waitMs: (told.parameters?.retry_after ?? 0) * 1_000
  }
}
