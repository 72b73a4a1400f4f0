import type { Settings } from '../../src-shared/settings'

/**
 * Market data comes over TLS or not at all; plain ws: and http: are for this machine only (a recorded or simulated venue),
 * because anyone on the way could change what is shown as true. `sim:` never leaves the process.
 */
export function endpointAllowed(endpoint: string): boolean {
  const url = urlOf(endpoint)
  if (url === undefined || url.username !== '' || url.password !== '') return false
  if (['wss:', 'https:', 'sim:'].includes(url.protocol)) return true
  return ['ws:', 'http:'].includes(url.protocol) && isLoopback(url.hostname)
}

export interface Refused {
  readonly venue: string
  readonly name: string
  readonly endpoint: string
}

/** The endpoints in `settings` that are not allowed. */
export function refusedEndpoints(settings: Settings): Refused[] {
  return Object.entries(settings.venues).flatMap(([venue, { endpoints }]) =>
    Object.entries(endpoints)
      .filter(([, endpoint]) => !endpointAllowed(endpoint))
      .map(([name, endpoint]) => ({ venue, name, endpoint }))
  )
}

/** The same settings without refused endpoints: those venues use their own addresses. */
export function withoutRefused(settings: Settings): Settings {
  const allowed = (endpoints: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(endpoints).filter(([, endpoint]) => endpointAllowed(endpoint)))
  const venues = Object.entries(settings.venues).map(
    ([id, venue]) => [id, { ...venue, endpoints: allowed(venue.endpoints) }] as const
  )
  return { ...settings, venues: Object.fromEntries(venues) }
}

export function refusalText({ venue, name, endpoint }: Refused): string {
  return `${endpoint} is not used for ${venue} (${name}): an address must be wss: or https:, or ws: or http: on this machine, and hold no password.`
}

function urlOf(text: string): URL | undefined {
  try {
    return new URL(text)
  } catch {
    // Not an address: the caller refuses it.
    return undefined
  }
}

/** `hostname` as URL writes it: 127.1 and 0x7f000001 have become 127.0.0.1 only for http and ws, which are what is asked here. */
function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname)
}
