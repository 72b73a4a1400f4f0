import { describe, expect, it } from 'vitest'
import { nextGrouping, rowDecimals, usualGrouping } from '../../../../src-renderer/panels/ladder/grouping'
import { perpetual } from '../../../support/fake-desk.svelte'

const bitcoin = perpetual('sim', 'BTCUSDT')

describe('the usual width of a row', () => {
  it('is at most one basis point: 5.0 at 61,700', () => {
    expect(usualGrouping(bitcoin, 617_000)).toBe(50)
  })
  it('is one tick where a tick is more than a basis point', () => {
    expect(usualGrouping(bitcoin, 5_000)).toBe(1)
  })
})

describe('row prices', () => {
  it('show no more decimals than the rows need', () => {
    expect(rowDecimals(bitcoin, 1)).toBe(1)
    expect(rowDecimals(bitcoin, 50)).toBe(0)
  })
})

describe('brackets', () => {
  it('step through the widths and stop at the ends', () => {
    expect(nextGrouping(50, 1)).toBe(100)
    expect(nextGrouping(50, -1)).toBe(20)
    expect(nextGrouping(1_000, 1)).toBe(1_000)
    expect(nextGrouping(1, -1)).toBe(1)
  })
})
