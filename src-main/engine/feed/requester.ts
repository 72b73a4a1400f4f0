import type { HttpGet, Transport } from './transport'

export const schemeOf = (url: string): string => url.slice(0, Math.max(0, url.indexOf(':')))

/** HTTP, except for schemes that a transport answers itself. */
export function requester(transports: readonly Transport[], http: HttpGet): HttpGet {
  return (url, options) => {
    const own = transports.find(({ schemes, get }) => get && schemes.includes(schemeOf(url)))
    return own?.get ? own.get(url, options) : http(url, options)
  }
}
