import { join } from 'node:path'
import process from 'node:process'
import type { Page } from 'playwright-core'
import type { RunningApp } from './app'

const sizes = [
  [1440, 900],
  [1024, 640]
] as const

/** Pictures for people, where somebody asks for them: into the folder that `STEELYARD_SHOTS` names. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['STEELYARD_SHOTS']
  if (folder !== undefined) await page.screenshot({ path: join(folder, `${name}.png`) })
}

/** The window at the size it is designed for and at the smallest it promises to hold, px; `look` at each, then a picture of it. */
export async function atEachSize(
  { electron, page }: RunningApp,
  name: string,
  look: () => Promise<void> = () => Promise.resolve()
): Promise<void> {
  for (const [width, height] of sizes) {
    await electron.evaluate(
      ({ BrowserWindow }, size) => {
        BrowserWindow.getAllWindows()[0]!.setContentSize(...size)
      },
      [width, height] as [number, number]
    )
    await page.waitForFunction((wide) => window.innerWidth === wide, width)
    await look()
    await picture(page, `${name}-${width}`)
  }
}
