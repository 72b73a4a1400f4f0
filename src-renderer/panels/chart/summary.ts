import { decimal, imbalance, span } from '../../../src-shared/format'
import { titleOf } from '../../../src-shared/instrument'
import { bandTitle } from '../../parts/imbalance-bands'
import type { Scene } from './scene'

/** The chart in a sentence, for those who cannot see it. */
export function spoken({ instrument, mid, bands, figures, gaps, edges }: Scene): string {
  if (!instrument) return 'No instrument.'
  const title = titleOf(instrument)
  if (!Number.isFinite(mid)) return `${title}: no live book.`
  const values = bands
    .map((band, i) => [band, figures[i]!] as const)
    .filter(([, value]) => Number.isFinite(value))
    .map(([band, value]) => `${bandTitle(band)} ${imbalance(value)}`)
  const holes = gaps.length === 0 ? '' : ` Gaps without a book: ${gaps.length}.`
  const price = decimal(mid, instrument.price.decimals)
  return `${title}, last ${span(edges[1] - edges[0])}: mid ${price}, imbalance ${values.join(', ') || 'unknown'}.${holes}`
}
