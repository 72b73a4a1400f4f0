import { percentileText } from '../../../src-shared/figure-text'
import { bps, change, decimal, imbalance, signed, span, unknown } from '../../../src-shared/format'
import { offsetText } from '../../parts/microprice'
import type { Row } from './row'

/** One way to rank rows by a column. NaN goes to the end whatever the direction. */
export interface Ranking {
  readonly words: string
  readonly key: (row: Row) => number | string
  readonly descending: boolean
}

export interface Column {
  readonly id: string
  readonly head: string
  readonly explains: string
  readonly text: (row: Row) => string
  /** CSS px. */
  readonly width: number
  /** What clicks on the head go through, before the list's own order comes back. */
  readonly rankings: readonly Ranking[]
  /** What must be computed for it beside what always is. */
  readonly metric?: string
}

export const rank = (words: string, key: Ranking['key'], descending = true): Ranking => ({
  words,
  key,
  descending
})
const age = (ms: number): string => (Number.isFinite(ms) ? span(ms) : unknown)

/** The own percentile of what the table leads with, and the figure that says how fast the book is changing sides. */
export const ownPercentile = 'imbalance-usual.bps10Rank'
export const velocity = 'flow-velocity.z'
const figure = (id: string) => (row: Row) => row.figures.get(id) ?? NaN

/** What every book has, in the order in which they stand; which of them give way first is told in room.ts. */
export const columns: readonly Column[] = [
  {
    id: 'symbol',
    head: 'Instrument',
    width: 64,
    explains: 'Symbol and venue. SIM is the simulated market.',
    text: (row) => row.name.symbol,
    rankings: [rank('A to Z', (row) => row.name.symbol, false), rank('Z to A', (row) => row.name.symbol)]
  },
  {
    id: 'mid',
    head: 'Mid',
    width: 66,
    explains: 'Half way between the best bid and the best ask. Digits that did not change are dim.',
    text: (row) => row.mid,
    rankings: []
  },
  {
    id: 'change',
    head: 'Chg',
    width: 52,
    explains: 'Change of the mid since the oldest sample this window holds; each row says since when.',
    text: (row) => change(row.change),
    rankings: [rank('highest first', (row) => row.change), rank('lowest first', (row) => row.change, false)]
  },
  {
    id: 'spark',
    head: '10 min',
    width: 44,
    explains:
      'The mid over the last ten minutes, from its lowest to its highest; a hole where the book was not live.',
    text: () => '',
    rankings: []
  },
  {
    id: 'imbalance',
    head: 'Imb 10',
    width: 68,
    explains: 'Imbalance within 10 bps of the mid: +1 is all bid, −1 all ask.',
    text: (row) => imbalance(row.imbalance),
    rankings: [
      rank('extreme first', (row) => Math.abs(row.imbalance)),
      rank('bid first', (row) => row.imbalance),
      rank('ask first', (row) => row.imbalance, false)
    ]
  },
  {
    id: ownPercentile,
    head: 'Pct',
    width: 36,
    explains:
      'Own percentile of the imbalance within 10 bps: the share of seconds in which it was lower for this instrument. 0 is its most ask-heavy, 100 its most bid-heavy. Needs 300 s of its history.',
    text: (row) => percentileText(figure(ownPercentile)(row)).slice(1),
    rankings: [
      rank('extreme first', (row) => Math.abs(figure(ownPercentile)(row) - 0.5)),
      rank('bid first', figure(ownPercentile)),
      rank('ask first', figure(ownPercentile), false)
    ],
    metric: 'imbalance-usual'
  },
  {
    id: velocity,
    head: 'Vel',
    width: 38,
    explains:
      'Flow velocity: what is added less what goes, of bids less of asks near the mid, in standard deviations from its own mean of the last quarter of an hour.',
    text: (row) => signed(figure(velocity)(row), 1),
    rankings: [
      rank('extreme first', (row) => Math.abs(figure(velocity)(row))),
      rank('bid first', figure(velocity)),
      rank('ask first', figure(velocity), false)
    ],
    metric: 'flow-velocity'
  },
  {
    id: 'spread',
    head: 'Spr',
    width: 36,
    explains: 'Spread in basis points of the mid.',
    text: (row) => bps(row.spreadBps),
    rankings: [
      rank('widest first', (row) => row.spreadBps),
      rank('tightest first', (row) => row.spreadBps, false)
    ]
  },
  {
    id: 'micro',
    head: 'Micro',
    width: 44,
    explains:
      'Microprice less mid in basis points: where the sizes at the touch lean. Fitted to the instrument where its tick is large; dim where the mid or the weighted mid stands in, and each says which.',
    text: (row) => offsetText(row.micro.offsetBps),
    rankings: [
      rank('highest first', (row) => row.micro.offsetBps),
      rank('lowest first', (row) => row.micro.offsetBps, false)
    ],
    metric: 'microprice'
  },
  {
    id: 'rate',
    head: 'Msg/s',
    width: 36,
    explains: 'Messages a second from the venue.',
    text: (row) => decimal(row.messagesPerSecond, 0),
    rankings: [
      rank('busiest first', (row) => row.messagesPerSecond),
      rank('quietest first', (row) => row.messagesPerSecond, false)
    ]
  },
  {
    id: 'age',
    head: 'Age',
    width: 40,
    explains: 'Since the book last changed or was confirmed.',
    text: (row) => age(row.ageMs),
    rankings: [rank('oldest first', (row) => row.ageMs), rank('newest first', (row) => row.ageMs, false)]
  }
]
