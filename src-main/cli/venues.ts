import process from 'node:process'
import { parseArgs } from 'node:util'
import { defaultSettings } from '../../src-shared/settings'
import { systemClock } from '../engine/feed/clock'
import { httpGet } from '../engine/feed/http-get'
import { SimulatedTransport, simulationOf } from '../engine/feed/simulated-transport'
import { webSocketTransport } from '../engine/feed/web-socket-transport'
import { venues as registry } from '../engine/venues/index'
import type { Venue } from '../engine/venues/venue'
import type { CheckParts, VenueCheck } from './check-venue'
import { checkVenue } from './check-venue'
import { complain } from './complain'

/** Venues asked at the same time. */
const mostAtOnce = 6

/** `venues [id...] [--check]`: what Steelyard speaks, or what of it works from here. Exit code 1 when something asked for does not. */
export async function venues(args: string[]): Promise<number> {
  const wish = wishOf(args)
  if (typeof wish === 'string') return complain(wish)
  if (!wish.isCheck) {
    for (const venue of wish.venues) process.stdout.write(described(venue))
    return 0
  }
  const simulated = new SimulatedTransport(systemClock, () => simulationOf(defaultSettings))
  const checks = await checkAll(wish.venues, {
    transports: [webSocketTransport, simulated],
    http: httpGet,
    clock: systemClock,
    endpoints: ({ spec }) => spec.endpoints
  })
  const working = checks.filter(({ ok }) => ok).length
  process.stdout.write(`${working} of ${checks.length} work from here\n`)
  return working === checks.length ? 0 : 1
}

/** Checks some at a time and says each as soon as it and those before it are known. */
export async function checkAll(
  asked: readonly Venue[],
  parts: CheckParts,
  say: (text: string) => void = (text) => process.stdout.write(text)
): Promise<readonly VenueCheck[]> {
  const checks: (VenueCheck | undefined)[] = asked.map(() => undefined)
  let next = 0
  let said = 0
  const work = async () => {
    for (let at = next++; at < asked.length; at = next++) {
      checks[at] = await checkVenue(asked[at]!, parts)
      for (let check = checks[said]; check; check = checks[++said]) say(inWords(check))
    }
  }
  await Promise.all(Array.from({ length: mostAtOnce }, work))
  return checks.filter((check) => check !== undefined)
}

function inWords({ venue, title, ok, steps }: VenueCheck): string {
  const lines = steps.map((step) => `    ${step.ok ? ' ' : '!'} ${step.words}\n`)
  return `${ok ? 'works' : 'FAILS'}  ${venue} (${title})\n${lines.join('')}`
}

function described({ spec }: Venue): string {
  return `${spec.id.padEnd(18)}${spec.title}, ${spec.products.join(' and ')}; ${spec.integrity}\n    cannot tell: ${spec.cannotDetect}\n`
}

function wishOf(args: string[]): { readonly isCheck: boolean; readonly venues: readonly Venue[] } | string {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { check: { type: 'boolean', default: false } }
    })
    const unknown = positionals.find((id) => !registry.some(({ spec }) => spec.id === id))
    if (unknown !== undefined)
      return `there is no venue "${unknown}"; there are ${registry.map(({ spec }) => spec.id).join(', ')}`
    const asked = registry.filter(({ spec }) =>
      positionals.length > 0 ? positionals.includes(spec.id) : !(values.check && spec.simulated)
    )
    return { isCheck: values.check, venues: asked }
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
