import { describe, expect, test } from 'vitest'
import { metrics } from '../../../src-main/engine/metrics'
import { millis } from '../../../src-shared/units'
import { changesOf } from '../../support/hand-book'
import { expectEnlarged, expectMirrored } from './changed-market'
import { madeDays, walledStream } from './made-days'
import type { Message } from './made-stream'
import { EverythingOfGroup, enlarged, Everything, madeStream, mirrored } from './made-stream'

const specs = metrics.map(({ spec }) => spec)
const fields = specs.flatMap(({ id, fields: own }) =>
  own.map((field) => ({ ...field, metric: id, key: `${id}.${field.id}` }))
)
/** Five minutes and a bit: long enough for windows of a minute after 150 s. Histories that are looked at once a second have a longer one. */
const stream = madeStream(1, 3_300)
/** So that buckets fill within minutes; what needs hours has markets of its own below. */
const settings = { vpin: { bucket: 2_000 }, vwap: { window: 60 }, spreads: { window: 60 } }
const last = stream.at(-1)!.at

describe('every metric explains itself', () => {
  test.each(specs.map((spec) => [spec.id, spec] as const))('%s', (_id, spec) => {
    expect(spec.explains).toMatch(/Sources?: ./)
    expect(spec.explains.length).toBeGreaterThan(100)
    expect(spec.needs.length).toBeGreaterThan(0)
    expect(new Set(spec.fields.map(({ id }) => id)).size).toBe(spec.fields.length)
    for (const { title } of spec.fields) expect(title).not.toBe('')
    for (const {
      title,
      default: usual,
      range: [low, high],
      whole,
      concerns = []
    } of spec.params ?? []) {
      expect(spec.fields.map(({ id }) => id)).toEqual(expect.arrayContaining([...concerns]))
      expect(title).not.toBe('')
      expect(usual).toBeGreaterThanOrEqual(low)
      expect(usual).toBeLessThanOrEqual(high)
      if (whole) expect(Number.isInteger(usual)).toBe(true)
    }
    for (const { title, explains } of spec.events ?? []) {
      expect(title).not.toBe('')
      expect(explains.length).toBeGreaterThan(20)
    }
    for (const { title } of spec.table?.columns ?? []) expect(title).not.toBe('')
  })

  test('and says of every figure that is not known why it is not, at the start and later', () => {
    const all = new Set(specs.map(({ id }) => id))
    const everything = new Everything(settings)
    for (const until of [1, 300, stream.length]) {
      const played = stream.slice(until === 1 ? 0 : until === 300 ? 1 : 300, until)
      everything.play(played)
      const { at } = played.at(-1)!
      const unknown = Object.entries(everything.figures(at)).filter(([, value]) => Number.isNaN(value))
      const told = everything.runner.unready(all, millis(at))
      expect(told.map(({ metric, field }) => `${metric}.${field}`)).toEqual(unknown.map(([key]) => key))
      for (const { why } of told) expect(why.length).toBeGreaterThan(15)
    }
  })
})

const ends = new Map(
  fields.flatMap(({ key, unit, range }) => {
    const scale = range ?? (unit === 'ratio' ? [-1, 1] : unit === 'share' ? [0, 1] : undefined)
    return scale ? [[key, scale] as const] : []
  })
)

test('every figure with a scale stays on it, and a ratio or a share does in any case', () => {
  let looked = 0
  new Everything(settings).play(stream, (row) => {
    for (const [key, [low, high]] of ends) {
      const value = row[key]!
      if (Number.isNaN(value)) continue
      looked++
      if (value < low! - 1e-9 || value > high! + 1e-9) expect.fail(`${key} was ${value}`)
    }
  })
  expect(looked).toBeGreaterThan(4_000)
})

test('being told late, before the next sample, changes no figure', () => {
  const late = new Map<number, Readonly<Record<string, number>>>()
  new Everything(settings).play(stream, (row, at) => late.set(at, row), { every: 40 })
  new Everything(settings).play(stream, (row, at) => expect(row).toEqual(late.get(at)), {
    every: 40,
    atOnce: true
  })
  expect(late.size).toBeGreaterThan(80)
})

/** Figures at the end. */
const plain = new Everything(settings).play(stream).figures(last)
/** A forecast learns from chance numbers of its own: what it learns from is held to the same in `test/engine/forecast/parts.test.ts`. */
const isLearner = (key: string): boolean => key.startsWith('forecast.')

const unlearned = fields.filter(({ key }) => !isLearner(key))

test('swapping the sides turns the sign of what has one, and swaps what belongs to a side', () => {
  const swapped = new Everything(settings).play(mirrored(stream)).figures(last)
  expect(expectMirrored(unlearned, plain, swapped)).toBeGreaterThan(120)
})

test('sizes ten times as large change what counts size by that, and nothing else', () => {
  const large = new Everything({ ...settings, vpin: { bucket: 20_000 } })
    .play(enlarged(stream, 10))
    .figures(last)
  expectEnlarged(unlearned, plain, large, 10)
})

const own = new Set(['imbalance-dynamics', 'imbalance-usual', 'liquidity', 'usual'])
/** What of these is not known yet where the stream was looked at above. */
const heldOfHistory = fields.filter(({ key, metric }) => own.has(metric) && Number.isNaN(plain[key]!))

describe('of what is held against its own history of minutes', () => {
  /** Ten minutes and a bit, a message a second: depth is usual after five minutes, and how usual that is after ten. */
  const slow = stream.slice(0, 625).map((message, n) => ({ ...message, at: 36_000_000 + n * 1_000 }))
  const held = heldOfHistory
  const begin = () => {
    const some = new Everything(settings)
    some.runner.want(own, millis(slow[0]!.at))
    return some
  }
  const ranked = specs.flatMap(({ id, fields: all }) =>
    own.has(id)
      ? all.flatMap((field) => (field.ranks ? [[`${id}.${field.id}`, field.ranks] as const] : []))
      : []
  )
  /** Each second of the last twenty. */
  const rowsOf = (messages: readonly Message[]) => {
    const rows: Readonly<Record<string, number>>[] = []
    begin().play(messages, (row) => rows.push(row), { every: 1 })
    return rows.slice(-20)
  }
  const rows = rowsOf(slow)

  test('every rank is known in the end, and moves', () => {
    expect(ranked.length).toBeGreaterThan(12)
    expect(held.map(({ key }) => key)).toEqual(expect.arrayContaining(ranked.map(([key]) => key)))
    for (const [key] of ranked) {
      for (const row of rows) expect(row[key], key).not.toBeNaN()
      expect(new Set(rows.map((row) => row[key])).size, key).toBeGreaterThan(1)
    }
  })

  test('swapping the sides turns the sign of what has one, and swaps what belongs to a side', () => {
    for (const [n, swapped] of rowsOf(mirrored(slow)).entries())
      expect(expectMirrored(held, rows[n]!, swapped)).toBe(held.length)
  })

  test('sizes ten times as large change nothing', () => {
    for (const [n, large] of rowsOf(enlarged(slow, 10)).entries()) expectEnlarged(held, rows[n]!, large, 10)
  })

  test('no rank outlives its figure, within the same second either: while trades are lost, and over a gap', () => {
    const some = begin().play(slow, () => undefined, { every: 1 })
    const { at } = slow.at(-1)!
    let before = some.figures(at)
    /** The ranks that were known the last time and are not now, `after` ms on. */
    const lost = (after: number): string[] => {
      const row = some.figures(at + after)
      const gone = ranked.filter(([key]) => Number.isNaN(row[key]!) && !Number.isNaN(before[key]!))
      for (const [key, of] of ranked) if (Number.isNaN(row[of]!)) expect(row[key], key).toBeNaN()
      before = row
      return gone.map(([key]) => key)
    }
    some.runner.onTradesLost(millis(at + 100))
    expect(lost(200)).toEqual(['burst', 'velocity', 'tfi', 'paid'].map((figure) => `usual.${figure}Rank`))
    some.gap(at + 300)
    const { bids, asks } = some.resting()
    some.runner.onBook(some.book, changesOf(bids, asks), millis(at + 400))
    // Looked at anew, within the second: what is known of the book alone is ranked; the flow of it, and how often its spread is one step, is not known yet.
    expect(lost(500)).toEqual(['usual.ofiRank', 'usual.edgeRank'])
  })
})

interface Market {
  readonly wanted: readonly string[]
  /** Each begins anew on what rests, after a gap. */
  readonly parts: readonly (readonly Message[])[]
  readonly bucket: number
}
const days = madeDays()
const markets: readonly (readonly [string, Market])[] = [
  [
    'two mornings of trades',
    { wanted: ['vwap', 'vpin', 'delta', 'trade-frequency'], parts: [days.first, days.second], bucket: 5_000 }
  ],
  ['a book with walls', { wanted: ['flow-reading'], parts: [walledStream(1_000)], bucket: 2_000 }]
]
/** What such a market is made for: of its metrics all that was not known above. */
const heldBy = ({ wanted }: Market) =>
  fields.filter(({ key, metric }) => wanted.includes(metric) && Number.isNaN(plain[key]!))

describe.each(markets)('of what is known only after %s', (_words, market) => {
  const { wanted, parts, bucket } = market
  const held = heldBy(market)
  const figuresOf = (changed: (part: readonly Message[]) => readonly Message[], factor = 1) => {
    const some = new Everything({ vpin: { bucket: bucket * factor } })
    some.runner.want(new Set(wanted), millis(parts[0]![0]!.at))
    for (const [n, part] of parts.entries()) {
      const [head, ...rest] = changed(part)
      if (n > 0) some.gap(head!.at - 1)
      some.play([n > 0 ? { ...head!, ...some.resting() } : head!, ...rest])
    }
    return some.figures(parts.at(-1)!.at(-1)!.at)
  }
  const figures = figuresOf((part) => part)

  test('swapping the sides turns the sign of what has one, and swaps what belongs to a side', () => {
    expect(expectMirrored(held, figures, figuresOf(mirrored))).toBe(held.length)
  })

  test('sizes ten times as large change what counts size by that, and nothing else', () => {
    const large = figuresOf((part) => enlarged(part, 10), 10)
    expectEnlarged(held, figures, large, 10)
  })
})

test('every declared figure was known in one of these markets', () => {
  const held = new Set([...heldOfHistory, ...markets.flatMap(([, market]) => heldBy(market))])
  const never = unlearned.filter((field) => Number.isNaN(plain[field.key]!) && !held.has(field))
  expect(never.map(({ key }) => key)).toEqual([])
})

/** What looks back over windows of at most a minute, and learns nothing. */
const windowed =
  /^(price|spread|imbalance|depth|flow|rate|imbalance-resting|ofi|tfi|spreads)\.|^imbalance-dynamics\.(ewma|slope)|^vwap\.(rolling|away)|^delta\.cvd60$|^trade-frequency\.trades|^flow-velocity\.(?!z)/
const learned = /^ofi\.(integrated|explained)/

/** What fades never quite goes: 1/e is left after a minute for the quoted spread, after up to 30 s for averages. */
const slackOf = (key: string): number =>
  key === 'spreads.quoted' ? 0.2 : key.startsWith('imbalance-dynamics.') ? 0.02 : 1e-6

test('nothing is counted over a gap: what looks back starts anew, and says the same as one that began there', () => {
  const half = stream.length - 1_500
  const everything = new Everything(settings).play(stream.slice(0, half))
  const at = stream[half]!.at
  const resting = everything.resting()
  const resumed = [{ ...stream[half]!, ...resting, trades: [] }, ...stream.slice(half)]
  everything.gap(millis(at) - 1)
  const fresh = new Everything(settings)
  const seen = new Map<string, number>()
  const moments = [10, 60, 700, 1_500]
  for (const [n, until] of moments.entries()) {
    const part = resumed.slice(n === 0 ? 0 : moments[n - 1], until)
    const { at: now } = part.at(-1)!
    const [old, young] = [everything.play(part).figures(now), fresh.play(part).figures(now)]
    for (const { key } of fields) {
      if (!windowed.test(key) || learned.test(key)) continue
      if (Number.isNaN(young[key]!)) expect(old[key], `${key} after ${until}`).toBeNaN()
      else {
        seen.set(key, 1)
        expect(Math.abs(old[key]! - young[key]!), `${key} after ${until}`).toBeLessThanOrEqual(
          1e-6 * Math.max(1, Math.abs(young[key]!))
        )
      }
    }
  }
  expect(seen.size).toBeGreaterThan(80)
})

test('nothing is counted while trades are lost: nothing is learned of them, and their windows start anew when they are back', () => {
  const [lostAt, backAt] = [stream.length - 1_500, stream.length - 900]
  const everything = new Everything(settings).play(stream.slice(0, lostAt))
  everything.runner.onTradesLost(millis(stream[lostAt - 1]!.at))
  const needing = specs.filter(({ needs }) => needs.includes('trades')).map(({ id }) => id)
  const before = everything.learned
  const silent = stream.slice(lostAt, backAt).map((message) => ({ ...message, trades: [] }))
  everything.play(silent, (row) => {
    for (const [key, value] of Object.entries(row))
      if (needing.includes(key.split('.')[0]!)) expect(value, key).toBeNaN()
  })
  const learnedSince = needing.filter((id) => before.has(id))
  expect(learnedSince.length).toBeGreaterThan(4)
  const after = everything.learned
  for (const id of learnedSince) expect(after.get(id), id).toEqual(before.get(id))
  const resting = everything.resting()
  const fresh = new Everything(settings).play([{ ...stream[backAt - 1]!, ...resting, trades: [] }])
  fresh.runner.onTradesLost(millis(stream[backAt - 1]!.at))
  const rest = stream.slice(backAt)
  const [old, young] = [everything.play(rest).figures(last), fresh.play(rest).figures(last)]
  let known = 0
  for (const { key } of fields) {
    if (!windowed.test(key) || !needing.includes(key.split('.')[0]!) || Number.isNaN(young[key]!)) continue
    known++
    const slack = 1e-6 * Math.max(1, Math.abs(young[key]!))
    expect(Math.abs(old[key]! - young[key]!), key).toBeLessThanOrEqual(slack)
  }
  expect(known).toBeGreaterThan(30)
})

test('parts add up: one that began later says of its windows what the one that ran all along says', () => {
  const half = stream.length - 1_500
  const everything = new Everything(settings).play(stream.slice(0, half))
  const before = everything.figures(stream[half - 1]!.at)
  const resting = everything.resting()
  const later = new Everything(settings).play([
    { ...stream[half]!, ...resting, trades: [] },
    ...stream.slice(half)
  ])
  const [whole, part] = [everything.play(stream.slice(half)).figures(last), later.figures(last)]
  for (const { key } of fields) {
    if (!windowed.test(key) || learned.test(key) || Number.isNaN(part[key]!)) continue
    expect(Math.abs(whole[key]! - part[key]!), key).toBeLessThanOrEqual(
      slackOf(key) * Math.max(1, Math.abs(part[key]!))
    )
  }
  expect(whole['delta.cvd']! - before['delta.cvd']!).toBeCloseTo(part['delta.cvd']!, 6)
})

describe('on a group', () => {
  const short = stream.slice(0, 900)
  const { at } = short.at(-1)!
  const single = specs.filter(({ singleOnly }) => singleOnly).map(({ id }) => id)

  test('of one, every metric says what it says of the one; only the forecast is of a single instrument', () => {
    expect(single).toEqual(['forecast'])
    const alone = new Everything(settings).play(short).figures(at)
    const grouped = new EverythingOfGroup([0], settings).play(short).figures(at)
    for (const { key } of fields) {
      // Levels of a message come in another order, and sums are rounded otherwise.
      const wanted = isLearner(key) ? NaN : alone[key]!
      if (Number.isNaN(wanted)) expect(grouped[key], key).toBeNaN()
      else
        expect(Math.abs(grouped[key]! - wanted), key).toBeLessThanOrEqual(
          1e-9 * Math.max(1, Math.abs(wanted))
        )
    }
  })

  describe('whose venues stand apart and cross the book for good', () => {
    /** Eleven minutes, a message a second. */
    const slow = stream.slice(0, 660).map((message, n) => ({ ...message, at: 36_000_000 + n * 1_000 }))
    const end = slow.at(-1)!.at
    let known = 0
    const crossed = new EverythingOfGroup([0, 7], settings)
    const figures = crossed
      .play(
        slow,
        (row) => {
          for (const [key, [low, high]] of ends)
            if (!Number.isNaN(row[key]!)) {
              known++
              if (row[key]! < low! - 1e-9 || row[key]! > high! + 1e-9) expect.fail(`${key} was ${row[key]}`)
            }
        },
        { every: 1 }
      )
      .figures(end)

    test('every figure with a scale stays on it', () => {
      expect(known).toBeGreaterThan(500)
      for (const [key, value] of Object.entries(figures)) expect(Math.abs(value), key).not.toBe(Infinity)
    })

    test('all is known that is of one venue, but a micro-price, which has no state, and flow reading, which says so', () => {
      const one = new EverythingOfGroup([0], settings).play(slow, () => undefined, { every: 1 }).figures(end)
      const lost = Object.keys(one).filter((key) => !Number.isNaN(one[key]!) && Number.isNaN(figures[key]!))
      expect(lost).toEqual([...['microprice.fitted', 'microprice.trust'], 'flow-reading.seen'])
      for (const key of ['imbalance-usual.l1Rank', 'liquidity.bid5', 'microprice.best', 'spreads.quoted'])
        expect(one[key], key).not.toBeNaN()
      const reasons = crossed.runner.unready(new Set(['flow-reading', 'microprice']), millis(end))
      const why = (field: string) => reasons.find((it) => it.field === field)!.why
      for (const field of ['wallBid', 'pullRate', 'seen'])
        expect(why(field)).toContain('crossed most of the time')
      expect(why('fitted')).toContain('below 0')
    })
  })
})
