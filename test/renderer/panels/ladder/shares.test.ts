import { describe, expect, it } from 'vitest'
import { columnsFor } from '../../../../src-renderer/panels/ladder/columns'
import { grouped, rowsOf } from '../../../../src-renderer/panels/ladder/rows'

/** Two levels in the group of 105, one in that of 110; two members. */
const asks = Float64Array.from([101, 5, 104, 3, 108, 7])
const members = { count: 2, lots: Float64Array.from([5, 0, 1, 2, 0, 7]) }

describe('a ladder of several books', () => {
  it('adds up what each member brings to a row, and the members add up to the row', () => {
    const side = grouped(asks, 5, 'ask', members)
    expect(side.lots).toEqual([8, 7])
    expect(side.shares).toEqual([
      [6, 2],
      [0, 7]
    ])
  })
  it('has no shares where nothing rests or nothing is known', () => {
    const rows = rowsOf(grouped(asks, 5, 'ask', members), 5, 0, 4, 110)
    expect(rows.map(({ price, shares }) => [price, shares])).toEqual([
      [105, [6, 2]],
      [110, [0, 7]],
      [115, undefined],
      [120, undefined]
    ])
  })
  it('gives each member a column, or none of them where not all fit', () => {
    expect(columnsFor(340, 60, 3).members).toHaveLength(3)
    expect(columnsFor(340, 60, 12).members).toHaveLength(0)
    expect(columnsFor(340, 60, 3).bought).toBeUndefined()
    const { bid, members: own } = columnsFor(340, 60, 2)
    expect(bid.right - bid.left).toBeGreaterThanOrEqual(48)
    expect(own.at(-1)!.right).toBeLessThanOrEqual(341)
  })
})
