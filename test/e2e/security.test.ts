import { afterAll, beforeAll, expect, test } from 'vitest'
import { launch, rowIn, type RunningApp } from './support/app'

let app: RunningApp
beforeAll(async () => {
  app = await launch()
  await rowIn(app.page, 'BTC-PERP', 'live')
})
afterAll(() => app.close())

/** Which directive of the policy stops what `act` tries. */
function violation(act: () => void): string {
  return `new Promise((resolve) => {
    addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective), { once: true })
    ;(${act.toString()})()
  })`
}

test('the page has no way to Node, and three words to the main process', async () => {
  const found = await app.page.evaluate(() => {
    const world = globalThis as unknown as Record<string, object>
    return {
      require: typeof world['require'],
      process: typeof world['process'],
      bridge: Object.keys(world['steelyard']!).sort()
    }
  })
  expect(found).toEqual({ require: 'undefined', process: 'undefined', bridge: ['ask', 'onTell', 'wantPort'] })
})

test('an inline script does not run', async () => {
  const directive = await app.page.evaluate(
    violation(() => {
      const script = document.createElement('script')
      script.textContent = 'globalThis.ran = true'
      document.body.append(script)
    })
  )
  expect(directive).toBe('script-src-elem')
  expect(await app.page.evaluate(() => 'ran' in globalThis)).toBe(false)
})

test('the page cannot send anything anywhere', async () => {
  const directive = await app.page.evaluate(
    violation(() => {
      fetch('http://127.0.0.1:9/').catch(() => undefined)
    })
  )
  expect(directive).toBe('connect-src')
})

test('no other page is opened, and no permission given', async () => {
  const found = await app.page.evaluate(async () => ({
    opened: window.open('https://example.com/') !== null,
    permission: await Notification.requestPermission()
  }))
  expect(found).toEqual({ opened: false, permission: 'denied' })
  expect(app.electron.windows()).toHaveLength(1)
})

test('the page stays where it is', async () => {
  await app.electron.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]!.webContents
    const world = globalThis as unknown as { left: Promise<boolean> }
    world.left = new Promise((resolve) => {
      // The first event of a navigation. Added last, so heard last: after the app's own listeners.
      contents.once('will-frame-navigate', (event) => {
        resolve(!event.defaultPrevented)
      })
    })
  })
  await app.page.evaluate(() => {
    // Later, or Playwright would wait for a navigation that never ends.
    setTimeout(() => {
      location.href = 'https://example.com/'
    })
  })
  const left = await app.electron.evaluate(() => (globalThis as unknown as { left: Promise<boolean> }).left)
  expect(left).toBe(false)
  expect(app.page.url()).toBe('app://steelyard/')
})

test('the main process answers no call that is not in the contract', async () => {
  const answer = await app.page.evaluate(() => {
    const { steelyard } = globalThis as unknown as { steelyard: { ask(name: string): Promise<unknown> } }
    return steelyard.ask('electron-store-get-data').catch((error: unknown) => String(error))
  })
  expect(answer).toContain('there is no call')
})

test('the window itself breaks no rule of its policy', async () => {
  const complaints: string[] = []
  app.page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) complaints.push(message.text())
  })
  await app.page.reload()
  await rowIn(app.page, 'BTC-PERP', 'live')
  expect(complaints).toEqual([])
})
