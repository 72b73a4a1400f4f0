import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Ladder } from '../../../src-main/engine/market/ladder'
import { Levels } from '../../../src-main/engine/market/levels'

const CENTRE = 1000
const BITS = 6

/** Offsets 0 and up of bids below the centre and asks from it, with a size. */
const changes = fc.array(fc.record({ isBid: fc.boolean(), off: fc.nat(20), lots: fc.nat(3) }), {
  maxLength: 80
})

function build(list: readonly { isBid: boolean; off: number; lots: number }[]): {
  ladder: Ladder
  naive: Map<number, number>
} {
  const ladder = new Ladder(CENTRE, BITS)
  const naive = new Map<number, number>()
  ladder.bid = CENTRE - 1
  ladder.ask = CENTRE
  for (const { isBid, off, lots } of [
    { isBid: true, off: 0, lots: 1 },
    { isBid: false, off: 0, lots: 1 },
    ...list
  ]) {
    const price = isBid ? CENTRE - 1 - off : CENTRE + off
    ladder.set(price, lots, isBid)
    if (lots > 0) naive.set(price, lots)
    else naive.delete(price)
  }
  return { ladder, naive }
}

const side = (naive: ReadonlyMap<number, number>, isBid: boolean) =>
  [...naive].filter(([price]) => price < CENTRE === isBid).sort(([a], [b]) => (isBid ? b - a : a - b))

test('the ladder holds what a map would, best first', () => {
  fc.assert(
    fc.property(changes, (list) => {
      const { ladder, naive } = build(list)
      const levels = new Levels()
      for (const isBid of [true, false]) {
        ladder.top(isBid, 100, levels)
        const told = Array.from({ length: levels.count }, (_, i) => [levels.prices[i], levels.lots[i]])
        expect(told).toEqual(side(naive, isBid))
      }
    })
  )
})

test('every change counts once, and setting what stands already counts nothing', () => {
  const ladder = new Ladder(CENTRE, BITS)
  ladder.set(CENTRE, 5, false)
  ladder.set(CENTRE, 5, false)
  ladder.set(CENTRE, 0, false)
  expect(ladder.id).toBe(2)
  expect([...ladder.changedAsks.sorted()]).toEqual([CENTRE])
})

test('a window that slides keeps its levels and takes prices it did not hold', () => {
  const ladder = new Ladder(CENTRE, BITS)
  ladder.bid = CENTRE
  ladder.ask = CENTRE + 1
  ladder.set(CENTRE, 3, true)
  ladder.set(CENTRE + 1, 4, false)
  expect(ladder.holds(CENTRE + 40)).toBe(false)
  ladder.slide(CENTRE + 31)
  ladder.set(CENTRE + 40, 7, false)
  expect([ladder.at(CENTRE), ladder.at(CENTRE + 1), ladder.at(CENTRE + 40)]).toEqual([3, 4, 7])
  expect(ladder.up(CENTRE + 2)).toBe(CENTRE + 40)
})

test('a search past the last level ends outside the window', () => {
  const { ladder } = build([])
  expect(ladder.up(CENTRE + 1)).toBe(ladder.end)
  expect(ladder.down(CENTRE - 2)).toBe(ladder.base - 1)
})
