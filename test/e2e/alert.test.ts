import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { NotificationDaemon } from '../support/notification-daemon'
import { launch, type RunningApp } from './support/app'
import { picture } from './support/picture'

let daemon: NotificationDaemon
let app: RunningApp
beforeAll(async () => {
  daemon = await NotificationDaemon.start()
  app = await launch()
})
afterAll(async () => {
  await app.close()
  await daemon.stop()
})

/** Fires within seconds: each simulated book leans this far many times a minute. */
async function build(page: Page, name: string): Promise<void> {
  await page.getByRole('tab', { name: 'Rules', exact: true }).click()
  await page.getByRole('button', { name: 'New rule' }).click()
  const editor = page.getByRole('dialog')
  await editor.getByLabel('Name', { exact: true }).fill(name)
  await editor.getByLabel('Held against').selectOption('level')
  await editor.getByLabel('ON level').fill('0.3')
  await editor.getByLabel('OFF level').fill('0.1')
  await editor.getByLabel('Duration in seconds').fill('0')
  await editor.getByLabel('Smoothing in seconds').fill('0')
  await editor.getByRole('button', { name: 'Save rule' }).click()
  await editor.waitFor({ state: 'detached' })
}

test('a rule built in the editor fires, reaches the desktop as plain text, its click opens the card, and R replays from the trigger', async () => {
  const { page } = app
  await build(page, 'Lean <b>now</b>')
  const notify = await daemon.notified((it) => it.summary.includes('Lean'))
  expect(notify.app).toBe('Steelyard')
  // A summary is plain text, a body markup: https://specifications.freedesktop.org/notification/latest/protocol.html
  expect(notify.summary).toContain('Lean <b>now</b>')
  expect(notify.body).not.toContain('<')
  expect(`${notify.summary} ${notify.body}`).toContain('SIM')
  const [, symbol = ''] = /SIM (\S+)/.exec(notify.summary) ?? []
  await daemon.click(notify.id)
  const card = page.getByRole('dialog', { name: 'Alert: Lean' })
  await card.getByText(/^shown after/).waitFor()
  await card.getByRole('table', { name: 'Book at the trigger' }).waitFor()
  const firedAt = (await card.getByTitle(/UTC$/).first().getAttribute('title')) ?? ''
  await card.getByRole('button', { name: 'Replay', disabled: false }).waitFor()
  await picture(page, 'alert-card')
  await page.keyboard.press('Enter')
  await card.getByRole('button', { name: 'Acknowledged' }).waitFor()
  await page.keyboard.press('u')
  await card.getByRole('button', { name: 'Useful', pressed: true }).waitFor()
  await page.keyboard.press('r')
  await card.waitFor({ state: 'detached' })
  const place = page.getByRole('slider', { name: 'Place on the tape' })
  const trigger = Date.parse(firedAt.replace(' UTC', 'Z').replace(' ', 'T'))
  // The slider stands on whole seconds.
  const at = Number(await place.inputValue())
  expect(at - trigger).toBeGreaterThan(-2_000)
  expect(at - trigger).toBeLessThan(5_000)
  // The instrument is shown, and its chart flags the alert, of that time.
  await page.locator('[role=row][aria-selected=true]').filter({ hasText: symbol }).waitFor()
  await page
    .getByRole('button', { name: /Alert Lean/ })
    .first()
    .waitFor()
  await picture(page, 'alert-replay')
  await page.keyboard.press('Home')
  await place.waitFor({ state: 'detached' })
}, 60_000)

test('the test button sends the rule down the real path, marked as a test', async () => {
  await app.page.getByRole('tab', { name: 'Rules', exact: true }).click()
  await app.page.getByRole('button', { name: 'Test Absorption', exact: true }).click()
  const notify = await daemon.notified((it) => /test/i.test(it.summary + it.body))
  expect(notify.summary + notify.body).toMatch(/TEST/)
})

test('the history finds it by its mark, with what was done about it', async () => {
  const { page } = app
  await page.getByRole('tab', { name: 'History', exact: true }).click()
  await page.getByRole('button', { name: 'Filter', exact: true }).click()
  await page.getByRole('combobox', { name: 'Mark' }).selectOption('useful')
  const found = page.getByRole('grid', { name: 'Alert history' })
  await expect.poll(() => found.getAttribute('aria-rowcount'), { timeout: 10_000 }).toBe('2')
  await found.getByRole('row', { name: /^Lean/ }).click()
  const card = page.getByRole('dialog', { name: 'Alert: Lean' })
  await card.getByText('UTC, from card').waitFor()
  await picture(page, 'alert-history')
  await page.keyboard.press('Escape')
  await card.waitFor({ state: 'detached' })
})
