import type { HttpAnswer, HttpGet } from './transport'
import { hostOf, inWords, isPortal, portal } from './trouble'

const SPACE = 0x20
const LESS_THAN = 0x3c

/** GET (or POST of JSON) with the platform's fetch. Bodies beyond `maxBytes` are refused while they stream in, so that nobody can fill the memory. */
export const httpGet: HttpGet = async (url, { timeoutMs, maxBytes, post }) => {
  try {
    const response = await fetch(url, {
      signal: AbortSignal.timeout(timeoutMs),
      redirect: 'manual',
      ...(post === undefined
        ? {}
        : { method: 'POST', body: post, headers: { 'content-type': 'application/json' } })
    })
    if (!response.ok) {
      await response.body?.cancel()
      return refusal(response, url)
    }
    const bytes = await body(response, maxBytes)
    if (bytes && isPage(bytes))
      return { ok: false, status: response.status, reason: `${portal}: ${hostOf(url)}` }
    if (bytes) return { ok: true, bytes }
    const reason = `an answer larger than allowed: ${hostOf(url)}`
    return { ok: false, status: response.status, isBomb: true, reason }
  } catch (error) {
    return { ok: false, status: NaN, reason: inWords(error, url) }
  }
}

function refusal(response: Response, url: string): HttpAnswer {
  const retryAfterMs = retryAfter(response.headers.get('retry-after'), response.headers.get('date'))
  return {
    ok: false,
    status: response.status,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    reason: `${movedTo(response, url) ?? meaning(response.status)}: ${hostOf(url)}`
  }
}

/** Where the venue itself has moved to for good (RFC 9110, 15.4.2 and 15.4.9), in words: a login page is only for the time being. */
function movedTo({ status, headers }: Response, url: string): string | undefined {
  if (status !== 301 && status !== 308) return undefined
  const location = URL.parse(headers.get('location') ?? '', url)
  return location
    ? `the venue redirects to ${hostOf(location.href)} (HTTP ${status}), not followed`
    : undefined
}

function meaning(status: number): string {
  if (isPortal(status)) return portal
  if (status === 429) return 'the venue asks to slow down (HTTP 429)'
  if (status === 418) return 'the venue has banned this address for a while (HTTP 418)'
  if (status === 451) return 'the venue does not serve this country (HTTP 451)'
  return `the venue answered HTTP ${status}`
}

/** Retry-After in ms: seconds, or a date held against the server's own `date` (RFC 9110, 10.2.3). */
export function retryAfter(value: string | null, serverDate: string | null): number | undefined {
  if (value === null) return undefined
  if (/^\d{1,9}$/.test(value.trim())) return Number(value) * 1_000
  const until = Date.parse(value)
  const from = Date.parse(serverDate ?? '')
  return Number.isFinite(until) && Number.isFinite(from) ? Math.max(0, until - from) : undefined
}

/** HTML, whatever it is called: what venues answer never begins with `<`. */
const isPage = (bytes: Uint8Array): boolean => bytes.find((it) => it > SPACE) === LESS_THAN

async function body(response: Response, maxBytes: number): Promise<Uint8Array | undefined> {
  if (!response.body) return new Uint8Array(0)
  const parts: Uint8Array[] = []
  let length = 0
  const reader = (response.body as ReadableStream<Uint8Array>).getReader()
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    length += part.value.byteLength
    if (length > maxBytes) {
      await reader.cancel()
      return undefined
    }
    parts.push(part.value)
  }
  return Buffer.concat(parts, length)
}
