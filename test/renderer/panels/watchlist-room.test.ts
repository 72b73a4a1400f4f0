import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { extraColumns, mostExtras } from '../../../src-renderer/panels/watchlist/extra-columns'
import { columnGroups } from '../../../src-renderer/panels/watchlist/metric-columns'
import { offFrom, shownColumns, standard, tracksOf } from '../../../src-renderer/panels/watchlist/room'
import { metrics } from '../../support/fake-desk.svelte'

const none: ReadonlySet<string> = new Set()
const idsAt = (width: number, extras = extraColumns.slice(0, 0), off = none): string[] =>
  shownColumns(extras, off, width).map(({ id }) => id)
/** Any choice of columns, and any of the standard ones taken off. */
const choice = fc.record({
  extras: fc.shuffledSubarray(
    [...extraColumns, ...columnGroups(metrics).flatMap(({ columns }) => columns)].filter(
      ({ id }) => !standard.some((it) => it.id === id)
    ),
    { maxLength: mostExtras }
  ),
  off: fc.subarray(standard.map(({ id }) => id)).map((ids) => new Set(ids))
})
const width = fc.integer({ min: 0, max: 1_800 })

describe('the room for columns', () => {
  test('is given by importance: imbalance, percentile, sparkline, velocity, spread, and what the mock has no room for', () => {
    const [pct, vel] = ['imbalance-usual.bps10Rank', 'flow-velocity.z']
    expect(idsAt(184)).toEqual(['symbol', 'imbalance'])
    expect(idsAt(276)).toEqual(['symbol', 'imbalance', pct])
    expect(idsAt(320)).toEqual(['symbol', 'spark', 'imbalance', pct])
    expect(idsAt(389)).toEqual(['symbol', 'spark', 'imbalance', pct, vel, 'spread'])
    expect(idsAt(1_440)).toEqual(['symbol', ...standard.map(({ id }) => id)])
  })

  test('never shows fewer columns in a wider table, nor others', () => {
    fc.assert(
      fc.property(choice, width, width, ({ extras, off }, one, other) => {
        const narrow = shownColumns(extras, off, Math.min(one, other))
        const wide = shownColumns(extras, off, Math.max(one, other))
        expect(wide).toEqual(expect.arrayContaining([...narrow]))
      })
    )
  })

  test('is never exceeded, and shows nothing twice', () => {
    fc.assert(
      fc.property(choice, width, ({ extras, off }, room) => {
        const shown = shownColumns(extras, off, room)
        const used = shown.slice(1).reduce((sum, it) => sum + 6 + it.width, 14 + 12 + 6 + 64)
        if (shown.length > 1) expect(used).toBeLessThanOrEqual(room)
        expect(new Set(shown).size).toBe(shown.length)
        expect(shown.some(({ id }) => off.has(id))).toBe(false)
        expect(tracksOf(shown).match(/\d+px/g)).toHaveLength(shown.length + 1)
      })
    )
  })

  test('a column that is chosen comes before all but the imbalance, and drops none that still fit', () => {
    const [mark] = extraColumns
    expect(idsAt(276, [mark!])).toEqual(['symbol', 'imbalance', 'mark'])
    expect(idsAt(389, [mark!])).toEqual(['symbol', 'spark', 'imbalance', 'imbalance-usual.bps10Rank', 'mark'])
  })

  test('what is taken off leaves its place to the next; nonsense takes off nothing', () => {
    expect([...offFrom(['spark', 'symbol', 'nonsense', 7])]).toEqual(['spark'])
    expect([...offFrom('spark')]).toEqual([])
    expect(idsAt(276, [], offFrom(['imbalance-usual.bps10Rank']))).toEqual(['symbol', 'spark', 'imbalance'])
  })
})
