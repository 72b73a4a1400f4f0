import { describe, expect, test } from 'vitest'
import { Chance } from '../../../src-main/engine/market/chance'
import { forecast } from '../../../src-main/engine/metrics/forecast'
import { table } from '../../../src-main/engine/metrics/forecast/table'
import type { MetricRun } from '../../../src-main/engine/metrics/metric'
import { forecastSection as section } from '../../../src-shared/forecast'
import { millis } from '../../../src-shared/units'
import { changesOf, handBook } from '../../support/hand-book'
import { figuresOf, startOn } from './figures'

const place = (id: string) => forecast.spec.fields.findIndex((field) => field.id === id)

/** A book whose queues foretell its next move with log-odds of `slope` times the imbalance, played through a run; answers the time of its end. */
function play(run: MetricRun, book: ReturnType<typeof handBook>, seconds: number, slope: number): number {
  const chance = new Chance(11, 'planted')
  let bid = 100_000
  let at = 1_000_000
  const show = (bidSize: number, askSize: number) => {
    const changes = changesOf([[bid, bidSize]], [[bid + 1, askSize]], { last: at })
    book.commit(changes)
    run.onBook!(changes, millis(at))
  }
  for (let turn = 0; turn < seconds * 5; turn++) {
    const share = chance.next()
    at = 1_000_010 + turn * 200
    show(Math.ceil(share * 100), Math.ceil((1 - share) * 100))
    bid += chance.next() < 1 / (1 + Math.exp(-slope * (2 * share - 1))) ? 1 : -1
    at += 140
    show(50, 50)
    if (turn % 60 === 0) figuresOf(forecast, run, at)
  }
  return at
}

const started = () => {
  const book = handBook([[100_000, 50]], [[100_001, 50]])
  return { book, run: startOn(forecast, book) }
}

describe('the forecast as a metric', () => {
  test('shows a chance once its edge is proven, with n, calibration and what it is worth after costs', () => {
    const { book, run } = started()
    const at = play(run, book, 400, 1.8)
    const figures = figuresOf(forecast, run, at)
    expect(figures['next-edge']).toBe(1)
    expect(figures['next-up']).toBeGreaterThan(0)
    expect(figures['next-up']).toBeLessThan(1)
    expect(figures['next-ece']).toBeLessThan(0.05)
    expect(figures['next-n']).toBeGreaterThan(3_000)
    expect(figures['next-taking']).toBeLessThan(-9)
  })

  test('on a random walk shows no chance, and says why', () => {
    const { book, run } = started()
    const at = play(run, book, 250, 0)
    const figures = figuresOf(forecast, run, at)
    expect([figures['next-up'], figures['next-edge']]).toEqual([NaN, 0])
    expect(run.why!(millis(at), place('next-up')).why).toContain('No edge')
  })

  test('while it learns says how far it is', () => {
    const { book, run } = started()
    const at = play(run, book, 20, 3)
    expect(figuresOf(forecast, run, at)['next-up']).toBeNaN()
    const { share, why } = run.why!(millis(at), place('next-up'))
    expect(share).toBeLessThan(1)
    expect(why).toContain('needs 600 forecasts')
  })

  test('what was learned outlives a restart, and nonsense is refused whole', () => {
    const { book, run } = started()
    play(run, book, 60, 3)
    const saved = run.save!()
    const again = started().run
    expect(again.restore!(saved)).toBe(true)
    expect(again.save!()).toEqual(saved)
    const fresh = started().run
    const untouched = fresh.save!()
    expect(fresh.restore!(saved.slice(1))).toBe(false)
    expect(fresh.restore!(saved.map((it, i) => (i === saved.length - 10 ? NaN : it)))).toBe(false)
    expect(fresh.save!()).toEqual(untouched)
  })

  test('its table holds the reliability of every tenth that was said, adding up to what was judged', () => {
    const { book, run } = started()
    const at = play(run, book, 120, 3)
    for (let step = 0; step < 8; step++) figuresOf(forecast, run, at + step * 5_000)
    const rows = run.table!(millis(at))!
    const width = table.columns.length
    const bins = Array.from({ length: rows.length / width }, (_, i) =>
      rows.subarray(i * width, (i + 1) * width)
    ).filter((row) => row[0] === section.reliability && row[1] === 0)
    const judged = bins.reduce((sum, row) => sum + row[3]!, 0)
    expect(judged).toBe(figuresOf(forecast, run, at + 40_000)['next-n'])
  })
})
