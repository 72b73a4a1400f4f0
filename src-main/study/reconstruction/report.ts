import type { Reconstruction } from './study'

/** The figures in plain words. */
export function reportReconstruction(it: Reconstruction): string {
  return [
    'Book reconstruction',
    `  ${it.depth_events} book messages: ${it.applied} applied, ${it.discarded_before_snapshot} older than the snapshot`,
    `  ${it.snapshots} snapshot${it.snapshots === 1 ? '' : 's'}, ${joined(it)}`,
    `  ${it.gaps} gap${it.gaps === 1 ? '' : 's'}, ${it.crossed} time${it.crossed === 1 ? '' : 's'} crossed`,
    `  ${it.bt_match} of n = ${it.bt_checks} books name the same best bid, best ask and sizes as the venue's own quote${share(it)}`,
    ...it.mismatch_examples.map(
      ([id, quoteId, quote, book]) =>
        `    at ${id}: the venue's quote ${quoteId} said ${quote.join(' ')}, the book ${book.join(' ')}`
    ),
    ...(it.final_best === null ? ['  No book stands at the end.'] : lastOf(it, it.final_best))
  ].join('\n')
}

function joined({ applied, first_event_ok: isOk }: Reconstruction): string {
  if (applied === 0) return 'which no book message joined'
  return isOk ? 'joined by the first message after it' : 'older than the first message kept for it'
}

const share = ({ bt_checks: n, bt_match: equal }: Reconstruction): string =>
  n === 0 ? '' : ` (${((equal / n) * 100).toFixed(2)} %)`

function lastOf(it: Reconstruction, [bid, bidSize, ask, askSize]: readonly number[]): readonly string[] {
  return [
    `  At the end (update ${it.final_update_id}): bid ${bidSize} at ${bid}, ask ${askSize} at ${ask}`,
    `    bids: ${it.final_levels[0]} levels, ${it.final_total_bid_qty} in all`,
    `    asks: ${it.final_levels[1]} levels, ${it.final_total_ask_qty} in all`
  ]
}
