import { plain } from '../../../src-shared/format'
import { addressOf } from './address'

/** What networks answer for somebody else: a page to log in on, for a request or a socket alike. */
export const portal = 'a web page instead of the venue (a login page of your network?)'
const unsafe = 'no secure connection can be made'

const words: Readonly<Record<string, string>> = {
  ENOTFOUND: 'no such host (offline?)',
  EAI_AGAIN: 'no name lookup (offline?)',
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection cut',
  EPIPE: 'connection cut',
  EHOSTUNREACH: 'no route to host',
  ENETUNREACH: 'no network',
  ENETDOWN: 'no network',
  ETIMEDOUT: 'no answer in time',
  UND_ERR_CONNECT_TIMEOUT: 'no answer in time',
  UND_ERR_HEADERS_TIMEOUT: 'no answer in time',
  UND_ERR_BODY_TIMEOUT: 'no answer in time',
  UND_ERR_SOCKET: 'connection cut',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'an answer that was cut short',
  CERT_HAS_EXPIRED: 'its certificate has expired (or this computer’s clock is wrong)',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet (or this computer’s clock is wrong)',
  CERT_UNTRUSTED: 'its certificate is not trusted',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is not trusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is not trusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is not trusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate is not trusted',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
  ERR_SSL_WRONG_VERSION_NUMBER: `${unsafe}, something else answers (a login page of your network?)`,
  EPROTO: unsafe,
  WS_ERR_UNSUPPORTED_MESSAGE_LENGTH: 'a frame larger than allowed',
  WS_ERR_INVALID_UTF8: 'a frame that is no text',
  WS_ERR_UNEXPECTED_RSV_1: 'a compressed frame, which was not agreed on'
}

const bombs: ReadonlySet<string> = new Set(['WS_ERR_UNSUPPORTED_MESSAGE_LENGTH', 'WS_ERR_UNEXPECTED_RSV_1'])

/** To be sent on elsewhere (0 where `fetch` hides it), or served a page where a socket was asked for: no venue does that. 511 says so itself (RFC 6585, 6). */
export const isPortal = (status: number): boolean =>
  status === 0 || status === 511 || (status >= 200 && status < 400)

/** The other end sent a frame that no client should take. */
export const isBomb = (error: unknown): boolean => bombs.has(codeOf(error) ?? '')

/** A failed connection or request in words a user can read: `no route to host: stream.binance.com`. */
export function inWords(error: unknown, url: string): string {
  return `${cause(error)}: ${hostOf(url)}`
}

/** `stream.binance.com`, with its port where it has an unusual one. */
export function hostOf(url: string): string {
  const address = addressOf(url)
  return address === undefined ? plain(url, 80) : address.host || url
}

function cause(error: unknown): string {
  const code = codeOf(error)
  const known = code === undefined ? undefined : words[code]
  if (known !== undefined) return known
  if (code !== undefined && /^ERR_(SSL|TLS)_/.test(code)) return unsafe
  if (error instanceof Error) {
    if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'no answer in time'
    if (/handshake has timed out/.test(error.message)) return 'no answer in time'
    const status = /Unexpected server response: (\d+)/.exec(error.message)?.[1]
    if (status !== undefined) return isPortal(Number(status)) ? portal : `the venue answered HTTP ${status}`
    return plain(code ?? error.message, 120)
  }
  return plain(String(error), 120)
}

/** The system's code of an error, also when it is wrapped, as fetch does, or one of several tries. */
function codeOf(error: unknown, depth = 0): string | undefined {
  if (typeof error !== 'object' || error === null || depth > 3) return undefined
  if ('code' in error && typeof error.code === 'string') return error.code
  if (error instanceof AggregateError) return codeOf(error.errors[0], depth + 1)
  return 'cause' in error ? codeOf(error.cause, depth + 1) : undefined
}
