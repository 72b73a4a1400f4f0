import { expect, onTestFinished, test } from 'vitest'
import { NotificationDaemon } from '../support/notification-daemon'
import { launch, rowIn, type RunningApp } from './support/app'

/** The window's own question for the test button of a rule. */
function testRule({ page }: RunningApp, rule: string) {
  return page.evaluate((id) => {
    const { steelyard } = globalThis as unknown as {
      steelyard: { ask(name: string, argument: unknown): Promise<unknown> }
    }
    return steelyard.ask('rules:test', id)
  }, rule)
}

test.runIf(process.platform === 'linux')(
  'a rule’s test reaches the desktop, marked TEST and SIM, and its click leads to the instrument',
  async () => {
    const daemon = await NotificationDaemon.start()
    onTestFinished(() => daemon.stop())
    const app = await launch()
    onTestFinished(() => app.close())
    await rowIn(app.page, 'BTC-PERP', 'live')
    await app.page.getByRole('row').filter({ hasText: 'SOL-USDT' }).click()
    expect(await testRule(app, 'absorption')).toEqual({ ok: true })
    const { id, summary } = await daemon.notified()
    expect(summary).toMatch(/^TEST SIM BTC-PERP · Absorption$/)
    await daemon.click(id)
    await app.page.locator('[role=row][aria-selected=true]').filter({ hasText: 'BTC-PERP' }).waitFor()
  }
)

test('without a notification service the alert says that it was not delivered, and the user is told once', async () => {
  const app = await launch({ env: { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent' } })
  onTestFinished(() => app.close())
  await rowIn(app.page, 'BTC-PERP', 'live')
  expect(await testRule(app, 'absorption')).toEqual({ ok: true })
  await app.page.getByText('Alerts do not reach your desktop').waitFor()
})
