import { createHmac } from 'node:crypto'
import type { Alert } from '../../src-shared/alert'
import type { Posting } from './post'

const iso = (at: number): string | null => (Number.isFinite(at) ? new Date(at).toISOString() : null)

/** What a webhook is sent, as JSON. Numbers that are not known are null. */
export function webhookBody(alert: Alert): string {
  const { id, episode, notice, severity, instrument, instruments, side, metric, field } = alert
  return JSON.stringify({
    version: 1,
    id,
    episode,
    notice,
    test: notice === 'TEST',
    simulated: alert.simulated,
    rule: { id: alert.ruleId, name: alert.ruleName, hash: alert.ruleHash },
    severity,
    instrument,
    ...(instruments ? { instruments } : {}),
    side,
    figure: metric === '' ? null : `${metric}.${field}`,
    // JSON writes NaN as null.
    value: alert.value,
    threshold: alert.threshold,
    percentile: alert.percentile,
    at: iso(alert.at),
    exchangeAt: iso(alert.exchangeAt),
    since: iso(alert.since),
    suppressedBefore: alert.suppressedBefore
  })
}

/** `sha256=` and the HMAC-SHA256 of the body in hex, as receivers of signed webhooks expect it (RFC 2104). */
export const signatureOf = (secret: string, body: string): string =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`

/** The same `key` with every attempt: a receiver that heard an alert already may drop it. Without a secret it is not signed. */
export function webhookPosting(url: URL, secret: string, key: string, body: string): Posting {
  return {
    url,
    body,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Steelyard',
      'idempotency-key': key,
      ...(secret === '' ? {} : { 'x-signature': signatureOf(secret, body) })
    }
  }
}
