import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { LevelObjects } from '../../../src-main/engine/scan/level-objects'
import { readLevels } from '../../../src-main/engine/scan/levels'
import { readSignedRows, SidedRows } from '../../../src-main/engine/scan/sided-rows'
import { broken, carefully, coarse, readWith, written, way, type Reader } from './forms'

const pairs: Reader = (scan, on, bids, _, offGrid) => {
  readLevels(scan, on, bids, offGrid)
}
const led: Reader = (scan, on, bids, _, offGrid) => {
  readLevels(scan, on, bids, offGrid, { lead: 1 })
}
const withZeros: Reader = (scan, on, bids, _, offGrid) => {
  readLevels(scan, on, bids, offGrid, { passesZeroPrices: true })
}
const signed: Reader = (scan, on, bids, _, offGrid) => {
  readLevels(scan, on, bids, offGrid, { lead: 1, signedPrices: true })
}
const sidedRows = new SidedRows('buy', 'sell')
const sided: Reader = (...parts) => {
  sidedRows.read(...parts)
}
const priceQty = new LevelObjects({ price: 'price', size: 'qty' })
const objects: Reader = (scan, on, bids, _, offGrid) => {
  priceQty.read(scan, on, bids, offGrid)
}
const short = new LevelObjects({ price: 'p', size: 's' })
const shortObjects: Reader = (scan, on, bids, _, offGrid) => {
  short.read(scan, on, bids, offGrid)
}
const offers = new LevelObjects({
  price: 'price_level',
  size: 'new_quantity',
  side: { key: 'side', bid: 'bid', ask: 'offer' }
})
const sidedObjects: Reader = (...parts) => {
  offers.readBoth(...parts)
}

describe('levels as arrays', () => {
  test.each([
    ['bare numbers', '[[1.20,3],[2,0.00001]]', pairs],
    ['exponents', '[[1.2,3e0],[2,1E-5]]', pairs],
    ['exponents in quotes', '[["12e-1","3"],["2","1E-5"]]', pairs],
    ['spaces behind commas', '[["1.20", "3"], ["2", "0.00001"]]', pairs],
    ['extra items', '[["1.20","3","0","5"],["2","0.00001","0","1"]]', pairs],
    ['bare extra items', '[[1.20,3,0,5],[2,0.00001,0,-1.5]]', pairs],
    ['extra items of any kind', '[["1.20","3",null],["2","0.00001",{"a":[1]}]]', pairs],
    ['an action first', '[["new",1.20,3],["change",2,0.00001]]', led],
    ['an escaped action first', '[["n\\"w",1.20,3],["change",2,0.00001]]', led],
    ['prices of 0 to pass', '[["1.20","3","7"],["0","0","8"],["2","0.00001","9"]]', withZeros]
  ])('are read with %s', (_, text, reader) => {
    expect(readWith(reader, text)).toEqual({
      sound: true,
      bids: [[120, 300_000], [200, 1]],
      asks: [],
      refined: []
    }) // prettier-ignore
  })

  test.each([
    ['on the quick way', '[["new",-1.20,3],["change",0,0.00001],["new",2.5,1]]'],
    ['on the careful way', '[["n\\"w",-1.20,3],["n\\"w",-0.0,0.00001],["n\\"w",2.5,1]]']
  ])('have prices below and at zero where the form says so, %s', (_, text) => {
    const { sound, bids } = readWith(signed, text)
    expect([sound, bids]).toEqual([true, [[-120, 300_000], [0, 1], [250, 100_000]]]) // prettier-ignore
    expect(Object.is(bids[1]![0], 0)).toBe(true)
    expect(readWith(led, text).sound).toBe(false)
  })

  it('refine the grid for a negative price by its distance from zero', () => {
    expect(readWith(signed, '[["new",-1.205,3]]')).toMatchObject({ sound: true, refined: ['price 1.205'] })
  })

  it('are points of coarse grids too', () => {
    expect(readWith(pairs, '[["100.5","20"],["101","0"]]', coarse).bids).toEqual([[201, 2], [202, 0]]) // prettier-ignore
    expect(readWith(pairs, '[["100.3","20"],["101","15"]]', coarse).refined).toEqual([
      'price 100.3',
      'size 15'
    ])
  })

  it('with exponents off the grid refine it by a plain number', () => {
    expect(readWith(pairs, '[[7e-7,1],[1.25E-3,2]]').refined).toEqual(['price 0.0000007'])
  })

  it('a price of 0 is refused where nobody said it means nothing', () => {
    expect(readWith(pairs, '[["0","0"]]').sound).toBe(false)
  })
})

describe('levels of both sides', () => {
  it('go where their word says', () => {
    const text = '[["buy","1.20","3"],["sell","2","0.00001"],["buy","1.19","0"]]'
    expect(readWith(sided, text)).toEqual({
      sound: true,
      bids: [[120, 300_000], [119, 0]],
      asks: [[200, 1]],
      refined: []
    }) // prettier-ignore
    expect(readWith(sided, '[["hold","1.20","3"]]').sound).toBe(false)
  })

  it('go where the sign of their amount says, and a count of 0 removes', () => {
    const text = '[[1.2,2,3],[2,1,-0.00001],[1.19,0,1],[2.01,0,-1],[3,1,-5e-5]]'
    expect(readWith((...parts) => { readSignedRows(...parts) }, text)).toEqual({
      sound: true,
      bids: [[120, 300_000], [119, 0]],
      asks: [[200, 1], [201, 0], [300, 5]],
      refined: []
    }) // prettier-ignore
  })

  it.each(['[[1.2,2]]', '[[1.2,2,--3]]', '[[1.2,-1,3]]', '[[0,1,1]]', '[[1,1,"x"]]'])(
    '%s is refused',
    (text) => {
      const read = readWith((...parts) => {
        readSignedRows(...parts)
      }, text)
      expect(read.sound).toBe(false)
    }
  )
})

describe('levels as objects', () => {
  test.each([
    ['price first', '[{"price":1.2,"qty":3},{"price":2,"qty":0.00001}]', objects],
    ['size first', '[{"qty":3,"price":"1.2"},{"qty":"0.00001","price":2}]', objects],
    ['unknown keys', '[{"n":5,"p":"1.2","x":"y","s":3},{"p":"2","s":0.00001,"z":-1}]', shortObjects],
    [
      'unknown values of any kind',
      '[{"n":[1],"p":"1.2","s":3},{"p":"2","s":1e-5,"z":{"p":9}}]',
      shortObjects
    ],
    ['spaces', '[ { "p" : "1.2" , "s": 3 }, {"p": "2", "s": 0.00001} ]', shortObjects]
  ])('are read with %s', (_, text, reader) => {
    expect(readWith(reader, text)).toEqual({
      sound: true,
      bids: [[120, 300_000], [200, 1]],
      asks: [],
      refined: []
    }) // prettier-ignore
  })

  it('go where their side says', () => {
    const text =
      '[{"side":"bid","event_time":"t","price_level":"1.2","new_quantity":"3"},' +
      '{"price_level":"2","new_quantity":"0.00001","side":"offer"}]'
    expect(readWith(sidedObjects, text)).toMatchObject({
      sound: true,
      bids: [[120, 300_000]],
      asks: [[200, 1]]
    })
  })

  test.each([
    ['a missing size', '[{"p":"1"}]', shortObjects],
    ['a missing price', '[{"s":"1"}]', shortObjects],
    ['no side', '[{"price_level":"1","new_quantity":"1"}]', sidedObjects],
    ['a strange side', '[{"side":"ask","price_level":"1","new_quantity":"1"}]', sidedObjects],
    ['a price of 0', '[{"p":"0","s":1}]', shortObjects],
    ['a word for a number', '[{"p":"1","s":true}]', shortObjects]
  ])('with %s are refused', (_, text, reader) => {
    expect(readWith(reader, text).sound).toBe(false)
  })
})

/** Rows as each form writes them, from ticks, lots and whether it is a bid. */
type Row = readonly [ticks: number, lots: number, isBid: boolean]
const row: fc.Arbitrary<Row> = fc.tuple(
  fc.integer({ min: 1, max: 10_000_000 }),
  fc.integer({ min: 0, max: 10_000_000 }),
  fc.boolean()
)
type Way = Parameters<typeof written>[2]
interface Form {
  readonly reader: Reader
  readonly oneSide: boolean
  write(price: string, size: string, isBid: boolean): string
}
const forms: readonly Form[] = [
  { reader: pairs, oneSide: true, write: (price, size) => `[${price},${size}]` },
  { reader: pairs, oneSide: true, write: (price, size) => `[${price},${size},"0",5]` },
  { reader: led, oneSide: true, write: (price, size) => `["new",${price},${size}]` },
  { reader: objects, oneSide: true, write: (price, size) => `{"price":${price},"qty":${size}}` },
  { reader: shortObjects, oneSide: true, write: (price, size) => `{"n":3,"s":${size},"p":${price}}` },
  {
    reader: sided,
    oneSide: false,
    write: (price, size, bid) => `["${bid ? 'buy' : 'sell'}",${price},${size}]`
  },
  {
    reader: sidedObjects,
    oneSide: false,
    write: (price, size, bid) =>
      `{"side":"${bid ? 'bid' : 'offer'}","at":"t","price_level":${price},"new_quantity":${size}}`
  },
  {
    reader: (...parts) => {
      readSignedRows(...parts)
    },
    oneSide: false,
    write: (price, size, bid) => `[${price},1,${bid ? '' : '-'}${size.replaceAll('"', '')}]`
  }
]
const form = fc.constantFrom(...forms)
const textOf = ({ write }: Form, rows: readonly Row[], how: Way): string =>
  `[${rows.map(([ticks, lots, bid]) => write(written(ticks, 2, how), written(lots, 5, how), bid)).join(',')}]`

describe('every form', () => {
  it('comes out as it was written', () => {
    fc.assert(
      fc.property(form, fc.array(row), way, (one, rows, how) => {
        const side = (bid: boolean) => rows.filter(([, , isBid]) => isBid === bid).map(([p, s]) => [p, s])
        const all = rows.map(([p, s]) => [p, s])
        expect(readWith(one.reader, textOf(one, rows, how))).toEqual({
          sound: true,
          bids: one.oneSide ? all : side(true),
          asks: one.oneSide ? [] : side(false),
          refined: []
        })
      }),
      { numRuns: 500 }
    )
  })

  it('cut anywhere is refused', () => {
    for (const one of forms) {
      const text = textOf(one, [[120, 3, true], [200, 0, false]], 'quoted') // prettier-ignore
      for (let length = 0; length < text.length; length++)
        expect(readWith(one.reader, text.slice(0, length)).sound, text.slice(0, length)).toBe(false)
    }
  })

  it('broken anywhere is judged alike on the hot path and the careful one', () => {
    const letter = fc.constantFrom(...'0159.-+eE"\\,:[]{} xn\n')
    fc.assert(
      fc.property(
        form,
        fc.array(row, { minLength: 1, maxLength: 4 }),
        way,
        fc.nat(),
        fc.nat(2),
        letter,
        (one, rows, how, at, kind, put) => {
          const text = broken(textOf(one, rows, how), at, kind, put)
          const hot = readWith(one.reader, text)
          const careful = readWith(one.reader, carefully(text))
          expect(hot.sound).toBe(careful.sound)
          if (hot.sound) expect(hot).toEqual(careful)
        }
      ),
      { numRuns: 3_000 }
    )
  })
})
