import { _electron } from 'playwright-core'
import { mkdtempSync } from 'node:fs'
const dir = mkdtempSync('/tmp/flow-ud-')
const app = await _electron.launch({ executablePath: '/root/.cache/steelyard/electron-runtime/25.1.1/electron', args: ['--no-sandbox', '.'], cwd: '/work/wt/flow', env: { ...process.env, STEELYARD_USER_DATA: dir } })
const page = await app.firstWindow()
await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].setContentSize(1440, 900))
await page.waitForTimeout(8000)
const seconds = Number(process.argv[2] ?? 40)
const a = await app.evaluate(({ app }) => app.getAppMetrics().map((m) => [m.type, m.name, m.serviceName, m.pid]))
console.log(JSON.stringify(a))
await app.evaluate(({ app }) => void app.getAppMetrics())
for (let i = 0; i < seconds / 10; i++) {
  await page.waitForTimeout(10000)
  const m = await app.evaluate(({ app }) => app.getAppMetrics().map((m) => (m.name ?? m.type) + ' ' + m.cpu.percentCPUUsage.toFixed(1)))
  console.log(m.join(' | '))
}
console.log((await page.locator('footer, [role=contentinfo]').allInnerTexts()).join(' ').slice(-300))
await page.screenshot({ path: process.argv[3] ?? '/work/shots/q-desk-1440.png' })
await app.close()
