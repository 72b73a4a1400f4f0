import { percent } from '../../../src-shared/format'
import { shareInterval } from '../../engine/math/share-interval'
import type { Reconstruction } from './study'

/** The figures in plain words. */
export function reportReconstruction(it: Reconstruction): string {
  return [
    'Book reconstruction',
    `  ${it.depth_events} book messages: ${it.applied} applied${it.discarded_before_snapshot === null ? '' : `, ${it.discarded_before_snapshot} older than the snapshot`}${lost(it)}`,
    `  ${it.snapshots} snapshot${it.snapshots === 1 ? '' : 's'}${it.first_event_ok === null ? '' : `, ${joined(it)}`}`,
    `  ${it.gaps === null ? 'gaps unknown' : `${it.gaps} gap${it.gaps === 1 ? '' : 's'}${placesOf(it)}`}, ${it.crossed} time${it.crossed === 1 ? '' : 's'} crossed`,
    ...(it.bt_checks === null || it.bt_match === null ? [] : quoted(it.bt_match, it.bt_checks)),
    ...it.mismatch_examples.map(
      ([id, quoteId, quote, book]) =>
        `    at ${id}: the venue's quote ${quoteId} said ${quote.join(' ')}, the book ${book.join(' ')}`
    ),
    ...(it.checksums
      ? [`  ${it.checksums.ok} of the venue's checksums agree with the book, ${it.checksums.bad} do not`]
      : []),
    ...(it.not_understood === undefined ? [] : [`  ${it.not_understood} messages were not understood`]),
    ...(it.final_best === null ? ['  No book stands at the end.'] : lastOf(it, it.final_best)),
    ...lacking(it)
  ].join('\n')
}

function lost({ gaps, gaps_at: places = [], not_applied_after_gaps: count }: Reconstruction): string {
  if (count === undefined) return ''
  const after = gaps === 1 ? `the gap${places.map((it) => ` ${it}`).join('')}` : 'gaps'
  return `, ${count} after ${after}, not applied`
}

/** Of one gap the line above tells, where it cost messages. */
function placesOf({ gaps, gaps_at: places = [], not_applied_after_gaps: count }: Reconstruction): string {
  if (places.length === 0 || (gaps === 1 && count !== undefined)) return ''
  return ` (${places.join(', ')}${(gaps ?? 0) > places.length ? ', …' : ''})`
}

function joined({ applied, first_event_ok: isOk }: Reconstruction): string {
  if (applied === 0) return 'which no book message joined'
  return isOk ? 'joined by the first message after it' : 'older than the first message kept for it'
}

function quoted(equal: number, n: number): readonly string[] {
  const words = `  ${equal} of n = ${n} books name the same best bid, best ask and sizes as the venue's own quote`
  if (n === 0) return [words]
  const [low, high] = shareInterval(equal, n)
  return [
    `${words} (${percent(equal / n, 2)})`,
    `    between ${percent(low, 2)} and ${percent(high, 2)} of such books with 95 % confidence (Wilson), were they independent`
  ]
}

const lacking = ({ does_not_apply: lacks = {} }: Reconstruction): readonly string[] => [
  ...(Object.keys(lacks).length > 0 ? ['  Not known here:'] : []),
  ...Object.entries(lacks).map(([name, why]) => `    ${titles[name] ?? name}: ${why}`)
]

const titles: Readonly<Record<string, string>> = {
  discarded_before_snapshot: 'messages older than the snapshot',
  first_event_ok: 'whether the snapshot was joined',
  gaps: 'gaps',
  bt_checks: 'books held against the quote'
}

function lastOf(it: Reconstruction, [bid, bidSize, ask, askSize]: readonly number[]): readonly string[] {
  return [
    `  At the end${it.final_update_id === null ? '' : ` (update ${it.final_update_id})`}: bid ${bidSize} at ${bid}, ask ${askSize} at ${ask}`,
    `    bids: ${it.final_levels[0]} levels, ${it.final_total_bid_qty} in all`,
    `    asks: ${it.final_levels[1]} levels, ${it.final_total_ask_qty} in all`
  ]
}
