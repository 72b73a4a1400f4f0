import type { FieldSpec } from '../../../src-shared/contract/catalogue'
import { timeAxisHeight } from '../../charts/time-plot'

/** One line of a lane: a field of a metric. */
export interface LineSpec {
  readonly metric: string
  readonly field: string
  readonly title: string
  /** `side`: coloured by its sign and filled to zero; `main`, `second`, `third`: white, grey, grey and dotted. */
  readonly look: 'main' | 'second' | 'third' | 'side' | 'bid' | 'ask'
  /** Drawn below zero: what happened on the ask side. */
  readonly down?: boolean
}

/** One picture of the flow strip. */
export interface LaneSpec {
  readonly id: 'cvd' | 'ofi' | 'rates' | 'vpin'
  readonly title: string
  readonly lines: readonly LineSpec[]
  /** Ends of the scale; without them it follows what is drawn, with zero in sight. */
  readonly range?: readonly [number, number]
  /** The figure of the head, and the own percentile beside it. */
  readonly told: { readonly metric: string; readonly field: string; readonly rank?: string }
  readonly unit: FieldSpec['unit']
}

const rate = (kind: string, title: string, look: LineSpec['look']): LineSpec[] =>
  (['bid', 'ask'] as const).map((side) => ({
    ...{ metric: 'flow-velocity', field: `${kind}-${side}`, title: `${title} ${side}` },
    look: look === 'side' ? side : look,
    ...(side === 'ask' && { down: true })
  }))

/** The lanes in their order. */
export const lanes: readonly LaneSpec[] = [
  {
    ...{ id: 'cvd', title: 'CVD', unit: 'base' },
    lines: [{ metric: 'delta', field: 'cvd', title: 'CVD', look: 'main' }],
    told: { metric: 'delta', field: 'cvd' }
  },
  {
    ...{ id: 'ofi', title: 'OFI', unit: 'base' },
    lines: [{ metric: 'ofi', field: 'ofi10', title: 'OFI 10 s', look: 'side' }],
    told: { metric: 'ofi', field: 'ofi10' }
  },
  {
    ...{ id: 'rates', title: 'Rates', unit: 'per-second' },
    // The busiest lies lowest, executions on top.
    lines: [
      ...rate('adds', 'adds', 'second'),
      ...rate('cancels', 'cancels', 'third'),
      ...rate('trades', 'trades', 'side')
    ],
    told: { metric: 'rate', field: 'trades' }
  },
  {
    ...{ id: 'vpin', title: 'VPIN', unit: 'share', range: [0, 1] },
    lines: [
      { metric: 'vpin', field: 'bulk', title: 'bulk', look: 'second' },
      { metric: 'vpin', field: 'vpin', title: 'VPIN', look: 'main' }
    ],
    told: { metric: 'vpin', field: 'vpin', rank: 'rank' }
  }
]

/** Metrics whose figures the lanes show. */
export const metricsOf = (shown: readonly LaneSpec[]): string[] => [
  ...new Set(shown.flatMap(({ lines, told }) => [...lines.map(({ metric }) => metric), told.metric]))
]

export type Shown = 'stacked' | LaneSpec['id']

/** A tab's choice: all lanes, or one. */
export const shownFrom = (choice: unknown): Shown => lanes.find(({ id }) => id === choice)?.id ?? 'stacked'

export const lanesOf = (shown: Shown): readonly LaneSpec[] =>
  shown === 'stacked' ? lanes : lanes.filter(({ id }) => id === shown)

/** A lane needs this height to be read, px. */
const leastHeight = 34

/** As many of the lanes as can be read above one another in a height that also holds the time axis; one at least. */
export const fitting = (shown: readonly LaneSpec[], height: number): readonly LaneSpec[] =>
  shown.slice(0, Math.max(1, Math.floor((height - timeAxisHeight) / leastHeight)))

/** The ends of a scale that follows its data: zero in sight, some air, never of no height. */
export function rangeOf(
  { range, lines }: LaneSpec,
  low: number | null,
  high: number | null
): [number, number] {
  if (range) return [...range]
  const known = [low, high].filter((it) => it !== null && Number.isFinite(it)) as number[]
  const [bottom, top] = [Math.min(0, ...known), Math.max(0, ...known)]
  if (bottom === top) return [-1, 1]
  const air = (top - bottom) * 0.1
  // Two sides against one another: the same scale for both.
  if (lines.some(({ down }) => down)) {
    const most = Math.max(top, -bottom) + air
    return [-most, most]
  }
  return [bottom === 0 ? -air / 2 : bottom - air, top === 0 ? air / 2 : top + air]
}
