import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { launch, midOnTop } from './support/app'
import { picture } from './support/picture'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'steelyard-tape-e2e-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true })
})

test('what is watched is on the tape by itself, replays in this window, marked all over, and one key is back to live', async () => {
  const app = await launch({ userData: folder })
  const { page } = app
  await midOnTop(page).waitFor()
  await page.getByRole('contentinfo', { name: 'Status' }).getByText('tape').waitFor()
  // A little tape to replay.
  await page.waitForTimeout(2_500)
  await page.keyboard.press('r')
  await page.getByRole('button', { name: 'last minute' }).click()
  await picture(page, 'tape-dialog')
  await page.getByRole('button', { name: 'Replay', exact: true }).click()
  const bar = page.getByRole('region', { name: 'Replay' })
  await bar.getByText('REPLAY').waitFor()
  await midOnTop(page).waitFor()
  await page.waitForTimeout(700)
  await picture(page, 'tape-replay')
  await page.keyboard.press('Space')
  await bar.getByRole('button', { name: /^Play/ }).waitFor()
  await page.keyboard.press('Home')
  await bar.waitFor({ state: 'detached' })
  await midOnTop(page).waitFor()
  await picture(page, 'tape-live')
  await app.quit()
  const files = await readdir(join(folder, 'tape'))
  expect(files.filter((name) => name.endsWith('.tape'))).toHaveLength(1)
}, 60_000)

/** When the picture of depth begins, as it tells who does not see it. */
async function depthSince(page: Page): Promise<string> {
  const told = await page.locator('.heatmap').first().innerText()
  return /since (\d\d:\d\d:\d\d)/.exec(told)?.[1] ?? ''
}

test('after a restart the depth of before is there again', async () => {
  const first = await launch({ userData: folder })
  await midOnTop(first.page).waitFor()
  await first.page.waitForTimeout(2_500)
  await first.quit()
  const restartedAt = new Date().toISOString().slice(11, 19)
  const second = await launch({ userData: folder })
  await midOnTop(second.page).waitFor()
  // Midnight aside.
  await expect.poll(() => depthSince(second.page), { timeout: 15_000 }).toMatch(/\d/)
  await expect.poll(async () => (await depthSince(second.page)) < restartedAt, { timeout: 15_000 }).toBe(true)
  await picture(second.page, 'tape-restart')
  await second.close()
}, 60_000)
