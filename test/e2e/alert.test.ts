import { afterEach, beforeEach, expect, test } from 'vitest'
import { NotificationDaemon } from '../support/notification-daemon'
import { launch, type RunningApp } from './support/app'

/** Fires within seconds: the touch of the simulated ETH book leans this far many times a minute. */
const rule = {
  ...{ id: 'lean', name: 'Lean <b>now</b>', enabled: true, side: 'both', desktop: true },
  scope: { kind: 'instrument', instrument: 'sim:ETH-USDT' },
  ...{ metric: 'imbalance', field: 'l1', on: 0.4, off: 0.2 },
  ...{ smoothMs: 0, minMs: 0, rearmMs: 0, cooldownMs: 60_000 }
}

let daemon: NotificationDaemon
let app: RunningApp
beforeEach(async () => {
  daemon = await NotificationDaemon.start()
  app = await launch({ files: { 'alerts.json': { version: 1, rules: [rule] } } })
})
afterEach(async () => {
  await app.close()
  await daemon.stop()
})

test('a rule fires, reaches the desktop as plain text, and its click shows the instrument', async () => {
  const selected = app.page.getByRole('row', { selected: true })
  await selected.filter({ hasText: 'BTC-PERP' }).waitFor()
  const notify = await daemon.notified((it) => it.summary.includes('Lean'))
  expect(notify.app).toBe('Steelyard')
  expect(`${notify.summary}${notify.body}`).not.toContain('<b>')
  expect(`${notify.summary} ${notify.body}`).toContain('SIM')
  await daemon.click(notify.id)
  await selected.filter({ hasText: 'ETH-USDT' }).waitFor()
  await app.page.getByText('shown on the desktop').first().waitFor()
})

test('the test button sends the rule down the real path, marked as a test', async () => {
  await app.page.getByRole('tab', { name: 'Rules' }).click()
  await app.page.getByRole('button', { name: /^Test/ }).first().click()
  const notify = await daemon.notified((it) => /test/i.test(it.summary + it.body))
  expect(notify.summary + notify.body).toMatch(/TEST/)
})
