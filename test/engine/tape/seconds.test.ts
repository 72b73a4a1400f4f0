import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Instrument } from '../../../src-shared/instrument'
import { defaultRecording } from '../../../src-shared/settings'
import { SortedBook } from '../../../src-main/engine/book/sorted-book'
import { Changes } from '../../../src-main/engine/book/changes'
import { Seconds } from '../../../src-main/engine/tape/seconds'
import { simulated } from '../../../src-main/engine/venues/simulated/index'
import { FakeClock } from '../../support/fake-clock'

let folder = ''
let clock: FakeClock
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'steelyard-seconds-'))
  clock = new FakeClock()
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

const instrument: Instrument = simulated.catalogue.guess('BTC-PERP')
const shape = { columns: ['at', 'heardAt', 'venueAt', 'price.mid', 'ofi.sum'], prices: new Set([3]) }

async function started(of = shape): Promise<Seconds> {
  const seconds = new Seconds({ folder, clock, shape: of })
  seconds.configure(defaultRecording)
  await seconds.settled
  return seconds
}

/** A book of `levels` a side around 100 and 101, one lot more a level. */
function bookOf(levels: number): SortedBook {
  const changes = new Changes()
  changes.isSnapshot = true
  for (let n = 0; n < levels; n++) {
    changes.bids.push(100 - n, 1 + n)
    changes.asks.push(101 + n, 1 + n)
  }
  const book = new SortedBook()
  book.commit(changes)
  return book
}

/** Ten seconds of rows, then the recorder ends. */
async function kept(): Promise<number> {
  const seconds = await started()
  const from = clock.now()
  for (let n = 0; n < 10; n++) {
    const at = clock.now()
    seconds.keep(instrument, Float64Array.of(at, at, NaN, 6_177_755.5 + n, n / 2), bookOf(150))
    await clock.pass(1_000)
  }
  await seconds.stop()
  return from
}

describe('the tape of seconds', () => {
  test('gives the figures of before a restart back, prices to the last digit, and the hole after them', async () => {
    const from = await kept()
    clock.freeze(60_000)
    const again = await started()
    const past = await again.past(instrument, from, clock.now())
    await again.stop()
    expect(past!.rows.length).toBe(10 * 5)
    expect([...past!.rows.slice(5, 10)]).toEqual([from + 1_000, from + 1_000, NaN, 6_177_756.5, 0.5])
    expect([...past!.gaps]).toEqual([from + 9_000, from + 70_000])
  })

  test('gives the book around the touch each two seconds, and says how far it is known', async () => {
    const from = await kept()
    const again = await started()
    const depth = (await again.past(instrument, from, clock.now()))!.depth!
    await again.stop()
    expect(depth.map(({ at }) => at - from)).toEqual([0, 2_000, 4_000, 6_000, 8_000])
    expect(depth[0]!.bids.length).toBe(200)
    expect([...depth[0]!.asks.slice(0, 4)]).toEqual([101, 1, 102, 2])
    expect([depth[0]!.knownBid, depth[0]!.knownAsk]).toEqual([1, 200])
  })

  test('finds its columns again when metrics came or went, and has no use for prices in other steps', async () => {
    const from = await kept()
    const columns = ['at', 'heardAt', 'venueAt', 'ofi.sum', 'vpin.level', 'price.mid']
    const again = await started({ columns, prices: new Set([5]) })
    const past = await again.past(instrument, from, clock.now())
    expect([...past!.rows.slice(0, 6)].slice(3)).toEqual([0, NaN, 6_177_755.5])
    const finer = { ...instrument, price: { decimals: 5, step: 1 } }
    expect(await again.past(finer, from, clock.now())).toBeUndefined()
    await again.stop()
  })
})
