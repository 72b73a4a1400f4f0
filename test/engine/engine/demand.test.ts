import { describe, expect, test } from 'vitest'
import type { Metric } from '../../../src-main/engine/metrics/metric'
import { warming } from '../../../src-main/engine/metrics/warming'
import { plainRule } from '../../support/plain-rule'
import { sampleHeadLength } from '../../../src-shared/contract/frames'
import { plainInstrument } from '../../support/hand-book'
import { DeskWindow } from './desk-window'
import { configuration, engineOn } from './fake-feed'

const id = plainInstrument.id

/** Counts its book messages, remembers them over restarts, tells of each third, and has a table of one row. */
const counter: Metric = {
  spec: {
    id: 'counter',
    title: 'Counter',
    needs: ['book'],
    fields: [
      { id: 'sum', title: 'Sum', unit: 'count' },
      { id: 'late', title: 'Known late', unit: 'count' }
    ],
    params: [{ id: 'step', title: 'Step', unit: 'count', default: 1, range: [1, 10], whole: true }],
    table: { rowIs: 'the sum', columns: [{ id: 'sum', title: 'Sum', unit: 'count' }] },
    events: [{ id: 'third', title: 'Third', explains: 'A third message came.' }],
    explains: ''
  },
  remembers: 1,
  start({ tell }, { step = NaN }) {
    let sum = 0
    return {
      onBook(_changes, at) {
        sum += step
        if (sum % 3 === 0)
          tell({
            ...{ kind: 'third', at, side: 'none', price: 7, confidence: 1, words: 'a third' },
            evidence: []
          })
      },
      sample(_at, into, from) {
        into[from] = sum
        into[from + 1] = NaN
      },
      why: (at) => warming(at, at - 12_400, 60_000, 'trades'),
      table: () => Float64Array.of(sum),
      save: () => [sum],
      restore(values) {
        if (values.length !== 1) return false
        sum = values[0]!
        return true
      }
    }
  }
}
const price: Metric = {
  spec: {
    id: 'price',
    title: 'Price',
    always: true,
    needs: [],
    fields: [{ id: 'mid', title: 'Mid', unit: 'price' }],
    explains: ''
  },
  start: ({ book }) => ({
    sample(_at, into, from) {
      into[from] = (book.touch.bid + book.touch.ask) / 2
    }
  })
}
const metrics = [price, counter]
const sum = sampleHeadLength + 1
const rule = plainRule({
  ...{ name: 'Rule', scope: { kind: 'instrument', instrument: id }, channels: ['feed'] },
  ...{ metric: 'counter', field: 'sum', side: 'bid', on: 100, off: 50 }
})

describe('what is computed', () => {
  test('is only what somebody asks for, beside what always is', async () => {
    const { clock, engine, feed } = engineOn([], [], metrics)
    const window = new DeskWindow(engine)
    window.watch(id)
    feed.goLive([[99, 1]], [[101, 1]])
    await clock.pass(100)
    const { samples } = window.last('market')!
    expect(samples[sampleHeadLength]).toBe(100)
    expect(samples[sum]).toBeNaN()
  })

  test('begins on a book that has long been live, and goes on for a minute after nobody asks', async () => {
    const { clock, engine, feed } = engineOn([], [], metrics)
    const window = new DeskWindow(engine)
    window.watch(id)
    feed.goLive([[99, 1]], [[101, 1]])
    window.watch(id, { metrics: ['counter'] })
    feed.change([[99, 2]], [])
    await clock.pass(100)
    expect(window.last('market')!.samples[sum]).toBe(1)
    window.watch(id)
    await clock.pass(59_000)
    feed.change([[99, 3]], [])
    await clock.pass(100)
    expect(window.last('market')!.samples[sum]).toBe(2)
    await clock.pass(2_000)
    expect(window.last('market')!.samples[sum]).toBeNaN()
  })

  test('is what a rule judges, with no window', async () => {
    const { clock, engine, feed } = engineOn([rule], [], metrics)
    feed.goLive([[99, 1]], [[101, 1]])
    const window = new DeskWindow(engine)
    window.watch(id)
    await clock.pass(100)
    expect(window.last('market')!.samples[sum]).toBe(1)
  })

  test('begins anew when its parameter changes; one out of range is named and not used', async () => {
    const { clock, engine, feed } = engineOn([], [], metrics)
    const window = new DeskWindow(engine)
    window.watch(id, { metrics: ['counter'] })
    const before = configuration([])
    const stepped = (step: number) => ({
      ...before,
      settings: { ...before.settings, metrics: { counter: { step } } }
    })
    engine.control(stepped(10))
    feed.goLive([[99, 1]], [[101, 1]])
    await clock.pass(100)
    expect(window.last('market')!.samples[sum]).toBe(10)
    engine.control(stepped(11))
    expect(window.last('fault')!.message).toContain('Counter: Step is a whole number between 1 and 10')
  })
})

describe('what is told at a low rate', () => {
  test('why a figure is not known, once a second and only when it changed', async () => {
    const { clock, engine, feed } = engineOn([], [], metrics)
    const window = new DeskWindow(engine)
    window.watch(id, { metrics: ['counter'], readiness: true })
    feed.goLive([[99, 1]], [[101, 1]])
    await clock.pass(5_000)
    const frames = window.all('readiness').filter(({ unready }) => unready.length > 0)
    expect(frames).toHaveLength(1)
    expect(frames[0]!.unready).toEqual([
      {
        ...{ metric: 'counter', field: 'late', share: 0.2 },
        why: 'Warming up: needs 60 s of trades, 12 s are watched.'
      }
    ])
  })

  test('a table, once a second, to who asked', async () => {
    const { clock, engine, feed } = engineOn([], [], metrics)
    const [asking, other] = [new DeskWindow(engine), new DeskWindow(engine)]
    asking.watch(id, { tables: ['counter'] })
    other.watch(id, { metrics: ['counter'] })
    feed.goLive([[99, 1]], [[101, 1]])
    await clock.pass(3_000)
    expect(asking.all('table')).toHaveLength(3)
    expect(asking.last('table')).toMatchObject({ columns: ['sum'], rows: Float64Array.of(1) })
    expect(other.all('table')).toEqual([])
  })

  test('an event, to windows that ask for its metric, and with the history', async () => {
    const { clock, engine, feed } = engineOn([], [], metrics)
    const [asking, other] = [new DeskWindow(engine), new DeskWindow(engine)]
    asking.watch(id, { metrics: ['counter'] })
    other.watch(id)
    feed.goLive([[99, 1]], [[101, 1]])
    for (const size of [2, 3, 4]) feed.change([[99, size]], [])
    await clock.pass(100)
    expect(asking.all('events').flatMap(({ events }) => events)).toEqual([
      expect.objectContaining({ instrument: id, metric: 'counter', kind: 'third', price: 7 })
    ])
    expect(other.all('events')).toEqual([])
    other.say({ kind: 'history', instrument: id, since: 0 })
    expect(other.last('history')!.events).toHaveLength(1)
  })
})

describe('what is learned', () => {
  const learned = (reports: ReturnType<typeof engineOn>['reports']) =>
    reports.flatMap((report) => (report.kind === 'memory' ? [report.memory] : []))

  test('is reported once a minute and at the end, and taken up by the next engine', async () => {
    const first = engineOn([rule], [], metrics)
    first.feed.goLive([[99, 1]], [[101, 1]])
    await first.clock.pass(60_000)
    first.feed.change([[99, 2]], [])
    first.engine.control({ kind: 'stop' })
    expect(learned(first.reports).map(({ entries }) => entries[0]!.values)).toEqual([[1], [2]])

    const next = engineOn([rule], [], metrics)
    next.engine.control({ kind: 'remember', memories: learned(first.reports).slice(-1) })
    next.feed.goLive([[99, 1]], [[101, 1]])
    next.engine.control({ kind: 'stop' })
    expect(learned(next.reports).at(-1)!.entries[0]!.values).toEqual([3])
  })

  test('begins anew where it makes no sense, and says so; another version is left alone', () => {
    const next = engineOn([rule], [], metrics)
    const window = new DeskWindow(next.engine)
    const at = next.clock.now()
    const entries = [{ instrument: id, at, values: [1, 2, 3] }]
    next.engine.control({ kind: 'remember', memories: [{ kind: 'counter', version: 1, entries }] })
    next.feed.goLive([[99, 1]], [[101, 1]])
    expect(window.last('fault')!.message).toContain('Counter')
    const later = engineOn([rule], [], metrics)
    later.engine.control({
      kind: 'remember',
      memories: [{ kind: 'counter', version: 2, entries: [{ instrument: id, at, values: [9] }] }]
    })
    later.feed.goLive([[99, 1]], [[101, 1]])
    later.engine.control({ kind: 'stop' })
    expect(learned(later.reports)[0]!.entries[0]!.values).toEqual([1])
  })
})
