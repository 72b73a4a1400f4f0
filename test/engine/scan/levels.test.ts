import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { Levels } from '../../../src-main/engine/book/changes'
import { readLevels } from '../../../src-main/engine/scan/levels'
import { OffGrid } from '../../../src-main/engine/scan/off-grid'
import { Scanner } from '../../../src-main/engine/scan/scanner'
import { binanceSpot } from '../../../src-main/engine/venues/binance-spot/index'
import { bytesOf } from '../../support/recording-sink'

const instrument = binanceSpot.catalogue.guess('BTCUSDT')

function read(text: string) {
  const scan = new Scanner().load(bytesOf(text))
  const into = new Levels(1)
  const offGrid = new OffGrid()
  readLevels(scan, instrument, into, offGrid)
  const rows = Array.from({ length: into.count }, (_, row) => [into.price[row], into.size[row]])
  return { scan, offGrid, rows, sound: !scan.failed() && scan.atEnd() }
}

describe('levels', () => {
  test.each([
    '[["1.20","3"],["2","0.00001000"]]',
    '[[1.20,3],[2,0.00001]]',
    '[ ["1.20", "3"] , ["2","0.00001"] ]',
    '[["1.20","3",[]],["2","0.00001","7",{"a":1}]]'
  ])('of %s are ticks and lots', (text) => {
    expect(read(text)).toMatchObject({
      sound: true,
      rows: [
        [120, 300000],
        [200, 1]
      ]
    })
  })

  test.each([
    '[["0.00","1"]]',
    '[["1","-1"]]',
    '[["1",""]]',
    '[["1",null]]',
    '[["1"]]',
    '[["1","2"],]',
    '[["1","2"]["1","2"]]',
    '[["1","1e400"]]',
    '[["1","2"}',
    '[["1","2"]'
  ])('of %s are refused', (text) => {
    expect(read(text).sound).toBe(false)
  })

  it('off the grid are noted, the finest of each kind', () => {
    const { offGrid, sound } = read('[["1.234","1"],["1.2345","0.000001"],["1","2"]]')
    expect(sound).toBe(true)
    const refined: string[] = []
    offGrid.refine({ refine: (which, text) => refined.push(`${which} ${text}`) })
    expect(refined).toEqual(['price 1.2345', 'size 0.000001'])
  })

  it('cut anywhere are refused', () => {
    const text = '[["1.20","3"],[2,0.00001,[1]]]'
    for (let length = 0; length < text.length; length++) expect(read(text.slice(0, length)).sound).toBe(false)
  })

  it('come out as they were written', () => {
    const row = fc.tuple(fc.integer({ min: 1, max: 10_000_000 }), fc.integer({ min: 0, max: 10_000_000 }))
    const decimal = (n: number, decimals: number) => {
      const digits = String(n).padStart(decimals + 1, '0')
      return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
    }
    fc.assert(
      fc.property(fc.array(row), fc.boolean(), (rows, quoted) => {
        const mark = quoted ? '"' : ''
        const text = rows.map(([p, q]) => `[${mark}${decimal(p, 2)}${mark},${mark}${decimal(q, 5)}${mark}]`)
        expect(read(`[${text.join(',')}]`)).toMatchObject({ sound: true, rows })
      })
    )
  })
})
