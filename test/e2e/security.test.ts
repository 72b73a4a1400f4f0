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
  const prevented = app.electron.evaluate(
    ({ app: electron, BrowserWindow }) =>
      new Promise<boolean>((resolve) => {
        const contents = BrowserWindow.getAllWindows()[0]!.webContents
        // After every listener of the app's own.
        contents.on('will-navigate', (event) => {
          setImmediate(() => {
            resolve(event.defaultPrevented)
          })
        })
        electron.once('quit', () => {
          resolve(false)
        })
      })
  )
  await app.page.evaluate(() => {
    location.href = 'https://example.com/'
  })
  expect(await prevented).toBe(true)
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
