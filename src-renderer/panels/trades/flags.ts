import { tradeFlag } from '../../../src-shared/trade-flag'

/** One thing that is special about a trade, as a small tag. */
export interface Tag {
  readonly text: string
  readonly says: string
}

const tags: readonly (readonly [flag: number, tag: Tag])[] = [
  [
    tradeFlag.block,
    { text: 'BLK', says: 'Block trade: agreed elsewhere and only printed, no order in the book was hit' }
  ],
  [tradeFlag.combo, { text: 'CMB', says: 'Leg of a combination: its price was agreed for the whole of it' }],
  [tradeFlag.liquidation, { text: 'LIQ', says: 'Liquidation: one side was closed by force' }],
  [
    tradeFlag.rpi,
    { text: 'RPI', says: 'Retail price improvement: met an order that the public book does not show' }
  ]
]

/** The tags of a trade's flags, which add up; none for an ordinary one and where nothing is known of them. */
export const tagsOf = (flags: number): readonly Tag[] =>
  flags > 0 ? tags.flatMap(([flag, tag]) => ((flags & flag) === 0 ? [] : [tag])) : []
