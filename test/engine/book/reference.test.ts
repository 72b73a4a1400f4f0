import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { BandSums, Side } from '../../../src-main/engine/book/book'
import type { SidedBook } from '../../../src-main/engine/book/sided-book'
import { books } from '../../support/books'
import { befores, changesOf, type Level, NaiveBook, ranked, type Told } from '../../support/naive-book'

const bands = [5, 10, 25, 50, 400, 3_000]
const depths = [1, 3, 20]
// Around 2,000 ticks with the sides overlapping a little: books get crossed, emptied, one-sided. Sizes up to 10^12 are off-step refinements.
const size = fc.oneof(
  { weight: 3, arbitrary: fc.constant(0) },
  { weight: 6, arbitrary: fc.integer({ min: 1, max: 50 }) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 1e12 }) }
)
const price = (from: number, to: number) =>
  fc.oneof(fc.integer({ min: from, max: to }), fc.integer({ min: 1_990, max: 2_010 }))
/** Sorted either way as venues send them, or in no order at all. */
const side = (from: number, to: number): fc.Arbitrary<Level[]> =>
  fc
    .tuple(fc.array(fc.tuple(price(from, to), size), { maxLength: 60 }), fc.constantFrom(-1, 0, 1))
    .map(([levels, order]) => levels.sort(([one], [other]) => order * (one - other)))
const told: fc.Arbitrary<Told> = fc.record({
  bids: side(1_500, 2_002),
  asks: side(1_998, 2_500),
  snapshot: fc.oneof({ weight: 8, arbitrary: fc.constant(false) }, fc.constant(true)),
  complete: fc.boolean()
})
type Step =
  | { readonly kind: 'tell'; readonly told: Told }
  | { readonly kind: 'clear' }
  | { readonly kind: 'rescale'; readonly price: number; readonly size: number }
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 20, arbitrary: fc.record({ kind: fc.constant('tell' as const), told }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('clear' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('rescale' as const),
      price: fc.constantFrom(1, 2, 10),
      size: fc.constantFrom(1, 10, 1_000)
    })
  }
)
const whole: fc.Arbitrary<Told> = told.map((one) => ({ ...one, snapshot: true, complete: true }))

function expectEqual(book: SidedBook, naive: NaiveBook): void {
  expect(ranked(book.bids)).toEqual(naive.levels('bids'))
  expect(ranked(book.asks)).toEqual(naive.levels('asks'))
  expect(copied(book.bids, 2, 9)).toEqual(naive.levels('bids').slice(2, 9))
  expect(copied(book.asks, 0, 400)).toEqual(naive.levels('asks').slice(0, 400))
  expect(book.touch).toEqual(naive.touch)
  expect(book.crossed).toBe(naive.touch.bid >= naive.touch.ask)
  expect([book.bids.known, book.asks.known]).toEqual([naive.known.bids, naive.known.asks])
  for (const price of [1_700, 1_995, 2_000, 2_003]) {
    expect(book.bids.at(price)).toBe(naive.bids.get(price) ?? 0)
    expect(book.asks.at(price)).toBe(naive.asks.get(price) ?? 0)
  }
}

function copied(side: Side, from: number, to: number): (readonly [number, number])[] {
  const [prices, sizes] = [new Float64Array(to - from), new Float64Array(to - from)]
  const count = side.copy(from, to, prices, sizes)
  return Array.from({ length: count }, (_, place) => [prices[place]!, sizes[place]!] as const)
}

function keeping(book: SidedBook): SidedBook {
  book.keepInverses()
  for (const bps of bands) book.keepBand(bps)
  for (const count of depths) book.keepLevels(count)
  return book
}

function expectSumsEqual(book: SidedBook, naive: NaiveBook): void {
  for (const count of depths)
    expect(book.levels(count, { bidLots: NaN, askLots: NaN }), `best ${count}`).toEqual(naive.best(count))
  for (const bps of bands) {
    const is = book.band(bps, {} as BandSums)
    const should = naive.band(bps)
    for (const name of ['bidLots', 'askLots'] as const) expect(is[name], `${name} ${bps}`).toBe(should[name])
    for (const name of ['bidMoment', 'askMoment'] as const)
      expectNear(is[name], should[name], 1e-12, `${name} ${bps}`)
    for (const name of ['bidInverse', 'askInverse'] as const)
      expectNear(is[name], should[name], 1e-9, `${name} ${bps}`)
  }
}

function expectNear(is: number, should: number, relative: number, what: string): void {
  if (Number.isNaN(should)) expect(is, what).toBeNaN()
  else expect(Math.abs(is - should), what).toBeLessThanOrEqual(relative * Math.abs(should))
}

/** Plays the steps on both; the bands are asked after each step that `asked` names, since asking is what takes sums anew. */
function play(steps: readonly Step[], asked: (index: number) => boolean): void {
  const all = books.map(([, make]) => keeping(make()))
  const naive = new NaiveBook()
  steps.forEach((step, index) => {
    if (step.kind === 'tell') tell(all, naive, step.told)
    else {
      for (const each of [...all, naive]) {
        if (step.kind === 'clear') each.clear()
        else each.rescale(step.price, step.size)
      }
    }
    for (const book of all) {
      expectEqual(book, naive)
      if (asked(index)) expectSumsEqual(book, naive)
    }
  })
}

function tell(all: readonly SidedBook[], naive: NaiveBook, one: Told): void {
  const touch = naive.touch
  const rested = (name: 'bids' | 'asks') => {
    const sizes = new Map(naive[name])
    return (one[name] ?? []).map(([price, to]) => {
      const before = sizes.get(price) ?? 0
      if (!one.snapshot) sizes.set(price, to)
      return before
    })
  }
  const before = { bids: rested('bids'), asks: rested('asks') }
  naive.commit(one)
  for (const book of all) {
    const changes = changesOf(one)
    book.commit(changes)
    expect(befores(changes.bids)).toEqual(before.bids)
    expect(befores(changes.asks)).toEqual(before.asks)
    expect(changes.touchBefore).toEqual(touch)
    expect(changes.touchAfter).toEqual(naive.touch)
  }
}

describe('every book against the naive one', () => {
  it('equals it after every message, sums included', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        play(steps, () => true)
      }),
      { numRuns: 40 }
    )
  })

  it('equals it when the sums are asked only now and then', () => {
    fc.assert(
      fc.property(
        whole,
        fc.array(step, { maxLength: 40 }),
        fc.integer({ min: 2, max: 7 }),
        (first, steps, every) => {
          play([{ kind: 'tell', told: first }, ...steps], (index) => index % every === 0)
        }
      ),
      { numRuns: 40 }
    )
  })

  it('keeps its sums through a long walk of the mid without drift', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 31 - 1 }), (seed) => {
        walk(seed)
      }),
      { numRuns: 1 }
    )
  })

  it('a snapshot plus diffs equals the snapshot of what results', () => {
    fc.assert(
      fc.property(whole, fc.array(told, { maxLength: 10 }), (first, diffs) => {
        for (const [, make] of books) {
          const book = make()
          const naive = new NaiveBook()
          for (const one of [first, ...diffs.map((diff) => ({ ...diff, snapshot: false }))]) {
            book.commit(changesOf(one))
            naive.commit(one)
          }
          const again = make()
          again.commit(
            changesOf({
              bids: naive.levels('bids'),
              asks: naive.levels('asks'),
              snapshot: true,
              complete: true
            })
          )
          expect(ranked(again.bids)).toEqual(ranked(book.bids))
          expect(ranked(again.asks)).toEqual(ranked(book.asks))
          expect(again.touch).toEqual(book.touch)
        }
      })
    )
  })

  it('forgetting the worst levels never changes what it says it knows', () => {
    fc.assert(
      fc.property(whole, fc.array(told, { maxLength: 10 }), (first, diffs) => {
        for (const [, make] of books) {
          const small = make(20)
          const full = make()
          for (const bps of bands) {
            small.keepBand(bps)
            full.keepBand(bps)
          }
          small.keepInverses()
          full.keepInverses()
          for (const one of [first, ...diffs]) {
            small.commit(changesOf(one))
            full.commit(changesOf(one))
            expect(small.bids.count).toBeLessThanOrEqual(20)
            const known = (book: SidedBook, horizon: number) =>
              ranked(book.bids).filter(([price]) => price >= horizon)
            if (small.touch.bid >= small.bids.known) expect(small.touch.bid).toBe(full.touch.bid)
            expect(known(small, small.bids.known)).toEqual(known(full, small.bids.known))
          }
        }
      })
    )
  })
})

/** A tight book that follows a random walk for 400 messages, with real magnitudes: BTC at 0.01, sizes of 8 decimals. */
function walk(seed: number): void {
  const random = chance(seed)
  const all = books.map(([, make]) => keeping(make()))
  const naive = new NaiveBook()
  const both = (one: Told) => {
    for (const book of all) book.commit(changesOf(one))
    naive.commit(one)
  }
  let mid = 6_000_000
  const quote = (sign: 1 | -1): Level => [
    mid - sign * (1 + Math.floor(random() ** 4 * 40_000)),
    random() < 0.4 ? 0 : Math.floor(random() ** 8 * 1e10)
  ]
  both({ bids: [[mid - 1, 5]], asks: [[mid + 1, 5]], snapshot: true, complete: true })
  for (let message = 0; message < 400; message++) {
    mid += Math.round((random() - 0.5) * 400)
    const bids = Array.from({ length: 10 }, () => quote(1))
    const asks = Array.from({ length: 10 }, () => quote(-1))
    // What the walk has overrun is gone.
    for (const price of naive.bids.keys()) if (price >= mid) bids.push([price, 0])
    for (const price of naive.asks.keys()) if (price <= mid) asks.push([price, 0])
    both({ bids, asks })
    if (message % 100 === 99) for (const book of all) expectSumsEqual(book, naive)
  }
  for (const book of all) expectEqual(book, naive)
}

/** Numerical Recipes' linear congruence: enough to spread prices. */
function chance(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
