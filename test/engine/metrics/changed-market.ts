import { expect } from 'vitest'
import { centre } from './made-stream'

type Figures = Readonly<Record<string, number>>
interface Named {
  /** `metric.field`. */
  readonly key: string
  readonly unit: string
}

/** Holds the figures of a mirrored market against those of the market; answers how many were known. */
export function expectMirrored(fields: readonly Named[], plain: Figures, swapped: Figures): number {
  let known = 0
  for (const { key, unit } of fields) {
    const [from, value] = inMirror(key, unit)
    const wanted = value(plain[from]!)
    if (Number.isNaN(wanted)) {
      expect(swapped[key], key).toBeNaN()
      continue
    }
    known++
    // Prices differ by 40 in a million from those of the mirror, and bps and money with them; a bin of a histogram is a hundredth wide, and a bin of imbalance
    // whose edge is met exactly is not the mirror image of its mirror image.
    const least = key === 'microprice.edge' ? 0.01 : unit === 'ratio' || unit === 'share' ? 0.006 : 2e-3
    const slack = unit === 'price' ? 0.02 : 1e-3 * Math.abs(wanted) + least
    expect(Math.abs(swapped[key]! - wanted), `${key}: ${swapped[key]} for ${wanted}`).toBeLessThanOrEqual(
      slack
    )
  }
  return known
}

/** Holds the figures of a market whose sizes are all `factor` times as large against those of the market. */
export function expectEnlarged(
  fields: readonly Named[],
  plain: Figures,
  large: Figures,
  factor: number
): void {
  for (const { key, unit } of fields) {
    const wanted = plain[key]! * (unit === 'base' || unit === 'quote' ? factor : 1)
    if (Number.isNaN(wanted)) expect(large[key], key).toBeNaN()
    else
      expect(Math.abs(large[key]! - wanted), `${key}: ${large[key]} for ${wanted}`).toBeLessThanOrEqual(
        1e-6 * Math.max(1, Math.abs(wanted))
      )
  }
}

/** How a figure of the mirrored market follows from that of the market: the field it comes from, and what becomes of its value. */
function inMirror(key: string, unit: string): readonly [from: string, value: (value: number) => number] {
  const [metric = '', field = ''] = key.split('.')
  const from = `${metric}.${swappedName(metric, field)}`
  if (unit === 'price') return [from, (it) => 2 * centre - it]
  if (odd[metric]?.test(field)) return [from, (it) => -it]
  if (/(^|l\d+|bps\d+)(Rank|percentile)$/.test(field)) return [from, (it) => 1 - it]
  if (metric === 'usual' && /^(ofi|velocity|tfi|edge)Rank$/.test(field)) return [from, (it) => 1 - it]
  return [from, (it) => it]
}
const partners = [
  ['bid', 'ask'],
  ['Bid', 'Ask'],
  ['buy', 'sell'],
  ['Up', 'Down']
] as const
const swappedName = (metric: string, field: string): string => {
  if (metric === 'imbalance-usual')
    return field.replace(/P(5|95)$/, (_, share) => (share === '5' ? 'P95' : 'P5'))
  for (const [one, other] of partners) {
    const match = new RegExp(`(${one}|${other})(?![a-z])`).exec(field)
    if (match) return field.replace(match[0], match[0] === one ? other : one)
  }
  return field
}
const odd: Readonly<Record<string, RegExp>> = {
  price: /^offset$/,
  imbalance: /./,
  flow: /^net/,
  'imbalance-dynamics': /^(ewma|slope|z$|regime$)/,
  'imbalance-usual': /P(5|95)$/,
  'imbalance-resting': /^(l|bps|calm)/,
  ofi: /^(ofi|norm|multi|integrated)/,
  tfi: /./,
  microprice: /^edge$/,
  vwap: /^away$/,
  delta: /^(cvd|session$|largeNet)/,
  'flow-velocity': /^(net|acceleration|z)$/
}
