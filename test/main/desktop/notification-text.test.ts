import { expect, test } from 'vitest'
import { escaped, textOf } from '../../../src-main/desktop/notification-text'
import { anAlert } from '../../support/an-alert'

test('a notification says what, where, how long and when', () => {
  const figure = 'Imbalance within 10 bps −0.72 (level −0.60)'
  expect(textOf(anAlert({ figure }))).toEqual({
    title: 'BTCUSDT · Strong imbalance',
    body: 'binance-usdm: Imbalance within 10 bps −0.72 (level −0.60) on the ask side, for 3.0 s, 12:00:03 UTC'
  })
})

test('an alert kept by an older version is told by what it has', () => {
  expect(textOf(anAlert()).body).toContain(
    'binance-usdm: imbalance bps10 −0.72 (level −0.60) on the ask side'
  )
})

test('numbers of the simulated market are called SIM, tests TEST', () => {
  expect(textOf(anAlert({ notice: 'TEST', simulated: true })).title).toBe(
    'TEST SIM BTCUSDT · Strong imbalance'
  )
})

test('a name cannot turn the text around or break the line, and is what it is where nothing is markup', () => {
  const { title } = textOf(anAlert({ ruleName: 'R&D <b>\u202ekcatta\n!' }))
  expect(title).toBe('BTCUSDT · R&D <b>kcatta !')
  expect(textOf(anAlert({ ruleName: 'x'.repeat(60) })).title).toHaveLength(64)
})

test('where bodies are markup a name cannot bring any', () => {
  expect(escaped('<b>A&B</b>')).toBe('&lt;b&gt;A&amp;B&lt;/b&gt;')
})

test('of one rule on many instruments it says how many more than the first, and names some', () => {
  const instruments = Array.from({ length: 9 }, (_, n) => `sim:I${n}`)
  const { title, body } = textOf(anAlert({ instruments, instrument: 'sim:I0', simulated: true }))
  expect(title).toBe('SIM 8 more · Strong imbalance')
  expect(body).toBe('After I0 also I1, I2, I3, I4, I5, I6…, 12:00:03 UTC')
})
