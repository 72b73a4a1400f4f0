import type { CatalogueHealth, LinkHealth } from '../../../src-shared/contract/frames'
import type { Runtime } from '../../../src-shared/contract/calls'
import { clock, plain, span, unknown } from '../../../src-shared/format'
import type { Millis } from '../../../src-shared/units'
import { lookOf } from '../../ui/status-look'
import type { VenueRow } from './rows'

const MOST_ENTRIES = 40
const MOST_REASON = 200

export interface Diagnosed {
  readonly row: VenueRow
  readonly catalogue: CatalogueHealth | undefined
  readonly runtime: Runtime | undefined
  /** Whether the user has put addresses of his own in place of the venue's; they are not told. */
  readonly hasOwnEndpoints: boolean
  readonly now: Millis
}

/** All that a report of trouble with one venue needs, as lines of plain text: no paths, no credentials, no addresses but the names of hosts. */
export function diagnosticsOf({ row, catalogue, runtime, hasOwnEndpoints, now }: Diagnosed): string {
  const { venue, links, entries } = row
  return [
    ...(runtime ? [runtimeLine(runtime)] : []),
    `${venue.title} (${venue.id}), ${venue.integrity}, at ${new Date(now).toISOString()}`,
    `books: ${row.words}; gaps ${told(row.gaps)}, resyncs ${told(row.resyncs)}, checks ${told(row.checksOk)} right and ${told(row.checksBad)} wrong`,
    `addresses: ${hasOwnEndpoints ? 'the user’s own' : 'the venue’s'}`,
    ...links.map((link) => linkLine(link, now)),
    ...(catalogue
      ? [
          `list: ${catalogue.state}, ${catalogue.instruments} instruments${because(catalogue.lacks ?? catalogue.reason)}`
        ]
      : []),
    ...entries
      .slice(-MOST_ENTRIES)
      .reverse()
      .map(
        ({ at, instrument, state, reason }) =>
          `${clock(at, true)} ${plain(instrument, 60)} ${lookOf(state).word}${because(reason)}`
      )
  ].join('\n')
}

const runtimeLine = ({ app, electron, node, platform, evaluation }: Runtime): string =>
  `Steelyard ${app}, Electron ${electron}${evaluation ? ' (evaluation)' : ''}, Node ${node}, ${platform}`

function linkLine(link: LinkHealth, now: Millis): string {
  const { leg, state, since, reason, lagP50Ms, lagP99Ms, clockOffsetMs, framesPerSecond } = link
  const lasted = since > 0 ? ` for ${span(now - since)}` : ''
  const times = `p50 ${told(lagP50Ms)} ms, p99 ${told(lagP99Ms)} ms, clock ${told(clockOffsetMs)} ms`
  const { instruments, attempts, weightUsed, lastError } = link
  const counts = `${told(framesPerSecond)} msg/s, ${instruments} instruments, ${attempts} tries`
  const weight = Number.isFinite(weightUsed) ? `, ${told(100 * weightUsed)} % of the weight` : ''
  const { gaps, resyncs, checksumsOk, checksumsBad } = link
  const books = Number.isFinite(gaps)
    ? `, gaps ${told(gaps)}, resyncs ${told(resyncs)}, checks ${told(checksumsOk)} right and ${told(checksumsBad)} wrong`
    : ''
  const error = lastError ? `; last error at ${clock(lastError.at)}${because(lastError.reason)}` : ''
  return `${plain(leg, 16)}: ${state}${lasted}${because(reason)}; ${times}; ${counts}${books}${weight}${error}`
}

const because = (reason: string): string => (reason ? `: ${withoutSecrets(plain(reason, MOST_REASON))}` : '')
const told = (value: number): string => (Number.isFinite(value) ? String(Math.round(value)) : unknown)

/** Of an address only its host stays; paths of files, `key=value` and long runs of letters and digits, as keys and tokens are, go. */
export function withoutSecrets(text: string): string {
  return text
    .replace(/\b([a-z]+):\/\/(?:[^\s/@]*@)?([^\s/?#]+)\S*/gi, '$1://$2')
    .replace(/(^|[\s'"(:])(?:~|[A-Za-z]:)?[\\/](?!\/)[^\s'":)]+/g, '$1[path]')
    .replace(/\b(\w*(?:key|token|secret|pass\w*|auth\w*))\s*[=:]\s*\S+/gi, '$1=[removed]')
    .replace(/\b[\w-]{32,}\b/g, '[removed]')
}
