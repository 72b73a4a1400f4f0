import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { launch, midOnTop } from './support/app'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'steelyard-restart-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true })
})

test('watchlist and layout are found again after a restart', async () => {
  const first = await launch({ userData: folder })
  await first.page.getByRole('row').filter({ hasText: 'SOL-USDT' }).click()
  await first.page.keyboard.press('Delete')
  await first.page.getByRole('row').filter({ hasText: 'SOL-USDT' }).waitFor({ state: 'detached' })
  await first.page.keyboard.press('Control+2')
  await first.page.getByText('Focus', { exact: true }).first().waitFor()
  await first.close()

  const second = await launch({ userData: folder })
  await second.page.getByText('Focus', { exact: true }).first().waitFor()
  await second.page.keyboard.press('Control+1')
  await second.page.getByRole('row').filter({ hasText: 'ETH-USDT' }).waitFor()
  expect(await second.page.getByRole('row').filter({ hasText: 'SOL-USDT' }).count()).toBe(0)
  await second.close()
})

test('without a network the simulated market runs, and each live row says why it does not and when it tries again', async () => {
  // An address on this machine where nobody listens stands for no network, whatever network there is.
  const nowhere = { enabled: true, endpoints: { rest: 'http://127.0.0.1:9', stream: 'ws://127.0.0.1:9' } }
  const settings = {
    ...{ version: 1, theme: 'dark', density: 'default', simulation: { seed: 7 } },
    venues: {
      'binance-spot': nowhere,
      'binance-usdm': {
        enabled: true,
        endpoints: { rest: 'http://127.0.0.1:9', public: 'ws://127.0.0.1:9', market: 'ws://127.0.0.1:9' }
      }
    }
  }
  const app = await launch({ userData: folder, files: { 'settings.json': settings } })
  await midOnTop(app.page).waitFor()
  for (const code of ['BINU', 'BIN'])
    await app.page
      .getByRole('row')
      .filter({ hasText: `BTCUSDT` })
      .filter({ hasText: code })
      .filter({ hasText: /127\.0\.0\.1/ })
      .filter({ hasText: /try in/ })
      .first()
      .waitFor()
  await app.close()
})
