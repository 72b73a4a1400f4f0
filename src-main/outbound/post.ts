import { lookup as resolveHost, type LookupAddress } from 'node:dns'
import { request as plainRequest } from 'node:http'
import { request as tlsRequest } from 'node:https'
import type { LookupFunction } from 'node:net'
import { mayReach } from './address'

const patienceMs = 5_000
const mostReply = 64 * 1024

export interface Posting {
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** What came of one attempt. Nothing came back: `status` is NaN and `reason` says why. */
export interface Reply {
  readonly status: number
  /** At most 64 KiB; what is longer is cut off with its connection. */
  readonly body: string
  readonly reason: string
}

export type Resolve = (host: string) => Promise<readonly LookupAddress[]>

const resolve: Resolve = (host) =>
  new Promise((done, failed) => {
    resolveHost(host, { all: true }, (error, addresses) => {
      if (error) failed(error)
      else done(addresses)
    })
  })

/**
 * One POST. The host is resolved once, every address of it is held against the rules, and the connection goes to an
 * address that was: a name that resolves to another one a moment later gains nothing. Redirects are not followed.
 * Never rejects.
 */
export async function post(posting: Posting, resolveWith: Resolve = resolve): Promise<Reply> {
  const { hostname } = posting.url
  const host = hostname.replace(/^\[|\]$/g, '')
  try {
    const addresses = await resolveWith(host)
    const refused = addresses.find(({ address }) => !mayReach(hostname, address))
    if (refused) return nothing(`${host} is at ${refused.address}, which lies in a private network`)
    const first = addresses[0]
    return first ? await send(posting, pinnedTo(first)) : nothing(`${host} has no address`)
  } catch (error) {
    return nothing(error instanceof Error ? error.message : String(error))
  }
}

const nothing = (reason: string): Reply => ({ status: NaN, body: '', reason })

const pinnedTo =
  ({ address, family }: LookupAddress): LookupFunction =>
  (_, options, found) => {
    if (options.all === true) found(null, [{ address, family }])
    else found(null, address, family)
  }

function send({ url, headers, body }: Posting, lookup: LookupFunction): Promise<Reply> {
  return new Promise((done) => {
    const request = (url.protocol === 'https:' ? tlsRequest : plainRequest)(url, {
      method: 'POST',
      headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
      lookup,
      agent: false
    })
    const late = setTimeout(() => {
      request.destroy(new Error(`no answer within ${String(patienceMs / 1_000)} s`))
    }, patienceMs)
    const end = (reply: Reply): void => {
      clearTimeout(late)
      done(reply)
    }
    request.on('error', ({ message }) => {
      end(nothing(message))
    })
    request.on('response', (response) => {
      const parts: Buffer[] = []
      let length = 0
      const status = response.statusCode ?? NaN
      const whole = (): void => {
        end({ status, body: Buffer.concat(parts).subarray(0, mostReply).toString(), reason: '' })
      }
      response.on('data', (part: Buffer) => {
        parts.push(part)
        length += part.length
        if (length < mostReply) return
        whole()
        request.destroy()
      })
      response.on('end', whole)
      response.on('error', ({ message }) => {
        end(nothing(message))
      })
    })
    request.end(body)
  })
}
