import { cleanup, render, screen } from '@testing-library/svelte'
import { afterEach, describe, expect, test } from 'vitest'
import Forecast from '../../../src-renderer/panels/forecast/Forecast.svelte'
import { readingOf } from '../../../src-renderer/panels/forecast/reading'
import { forecastSection } from '../../../src-shared/forecast'
import { faultsOf } from '../../support/axe'
import { fakeDesk, start } from '../../support/fake-desk.svelte'

afterEach(cleanup)

const eth = 'binance-usdm:ETHUSDT'
const { reliability, contribution, baseline, money } = forecastSection
const rows = Float64Array.from(
  [
    [reliability, 1, 6, 40, 0.65, 0.7],
    [reliability, 0, 2, 9, 0.25, 0.2],
    [contribution, 1, 0, 0.4, 1, 0.4],
    [contribution, 1, 7, -0.9, -1, 0.9],
    [baseline, 1, 0, 0.58, 0.69, 0.67],
    [baseline, 1, 2, 0.09, 0.04, 0.15],
    [baseline, 1, 3, 0.19, 0.003, 0.062],
    [baseline, 1, 4, 0.2495, 0.051, 12],
    [money, 1, 0, -9.4, -9.5, -9.6],
    [money, 1, 1, -1.5, 0.2, 0.8]
  ].flat()
)

describe('the engine’s table', () => {
  test('is read for one horizon alone, the strongest signal first', () => {
    const reading = readingOf(rows, 1)
    expect(reading.bins).toEqual([{ bin: 6, n: 40, said: 0.65, came: 0.7 }])
    expect(reading.contributions.map(({ title }) => title)).toEqual(['Order flow, 1 s', 'Queue imbalance'])
    expect(reading.logLoss).toEqual([0.58, 0.69, 0.67])
    expect(reading.placing).toEqual({ net: -1.5, filled: 0.2 })
    expect(reading.brier).toEqual([0.19, 0.003, 0.062])
  })

  test('what was not told is unknown, not nothing', () => {
    const reading = readingOf(undefined, 1)
    expect([...reading.logLoss, ...reading.taking, reading.placing.net]).toEqual(Array(7).fill(NaN))
    expect(reading.bins).toEqual([])
  })
})

test('without an instrument it says what to do', () => {
  render(Forecast, {
    ...{ desk: fakeDesk(eth), tab: { id: 'tab', panel: 'forecast' } },
    ...{ instrument: undefined, choose: () => undefined }
  })
  expect(screen.getByText('No instrument')).toBeTruthy()
})

const open = (figures: Readonly<Record<string, number>>) => {
  const desk = fakeDesk(eth)
  desk.market.tables = { [`${eth}|forecast`]: { at: start, columns: [], rows } }
  desk.market.sample(eth, start, figures)
  return render(Forecast, {
    ...{ desk, tab: { id: 'tab', panel: 'forecast' } },
    ...{ instrument: eth, choose: () => undefined }
  })
}

test('a proven edge shows its chance, its n and what it is worth after costs', async () => {
  const { container } = open({
    ...{ 'forecast.s1-up': 0.72, 'forecast.s1-edge': 1 },
    ...{ 'forecast.s1-n': 1_730, 'forecast.s1-ece': 0.021 }
  })
  expect(container.textContent).toMatch(/72.?%/)
  expect(container.textContent).toMatch(
    /n = 1,730 in 12 stretches\s+· calibration error 2\.1.?%, by chance up to 5\.1.?%/
  )
  expect([...container.querySelectorAll('.worth td')].map((it) => it.textContent)).toEqual([
    ...['−9.40', '−9.50', '−9.60'],
    ...['–', '−1.50', '–']
  ])
  expect(await faultsOf(container)).toEqual([])
})

test('without an edge no chance is shown, whatever the model thinks', () => {
  const { container } = open({ 'forecast.s1-edge': 0, 'forecast.s1-n': 1_730 })
  expect(container.querySelector('.chance')!.textContent).toBe('No edge')
})

test('while it learns it says so', () => {
  const { container } = open({ 'forecast.s1-n': 120 })
  expect(container.querySelector('.chance')!.textContent).toBe('Not enough history')
})
