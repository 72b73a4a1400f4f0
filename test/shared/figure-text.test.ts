import { describe, expect, test } from 'vitest'
import { metrics } from '../../src-main/engine/metrics'
import { columns } from '../../src-renderer/panels/watchlist/columns'
import { extraColumns } from '../../src-renderer/panels/watchlist/extra-columns'
import {
  figureHead,
  figureName,
  figureText,
  measuredText,
  nameBesideUnit
} from '../../src-shared/figure-text'
import { perpetual } from '../support/fake-desk.svelte'

const specs = metrics.map(({ spec }) => spec)
const figures = specs.flatMap((spec) => spec.fields.map((field) => [spec, field] as const))
const instrument = perpetual('binance-usdm', 'BTCUSDT')
/** Those that somebody else has, whatever their capitals. */
const twins = (names: readonly string[]): string[] => {
  const plain = names.map((name) => name.toLowerCase())
  return plain.filter((name, at) => plain.indexOf(name) !== at)
}

describe('no two figures of the catalogue have one name', () => {
  test('in menus, sentences and cards', () => {
    const names = figures.map(([spec, field]) => figureName(spec, field))
    expect(names).toEqual(expect.arrayContaining(['Spread in ticks', 'Bid depth 10 bps in quote', 'Mid']))
    expect(twins(names)).toEqual([])
  })

  test('on columns of the watchlist, in its picker and in the scanner', () => {
    const heads = figures.map(([spec, field]) => figureHead(spec, field))
    expect(heads).toEqual(
      expect.arrayContaining(['Spread ticks', 'Spread bps', 'Ask depth 5 bps base', 'Mid'])
    )
    expect(twins(heads)).toEqual([])
    // The list's own columns stand beside them; its mid is the figure.
    expect(twins([...heads, ...[...columns, ...extraColumns].map(({ head }) => head)])).toEqual(['mid'])
  })

  test('in notifications, where the unit stands beside it', () => {
    const told = figures.map(
      ([spec, field]) => `${nameBesideUnit(spec, field)} ${measuredText(field, 1, instrument)}`
    )
    expect(told).toEqual(expect.arrayContaining(['Spread 1 ticks', 'Spread 1.00 bps']))
    expect(twins(told)).toEqual([])
  })
})

test.each([
  ['seconds', 0.0123, '0.012'],
  ['seconds', 0.36, '0.4'],
  ['seconds', 42.4, '42'],
  ['ticks', -0.0042, '\u22120.0042'],
  ['ticks', 3, '3'],
  ['bps', 0.0016, '0.0016'],
  ['bps', 0.0162, '0.02']
] as const)('%s of %f are told as %s: small is not none', (unit, value, text) => {
  expect(figureText({ id: 'it', title: 'It', unit }, value, instrument)).toBe(text)
})
