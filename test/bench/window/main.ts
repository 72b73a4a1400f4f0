import { app, BrowserWindow } from 'electron'
import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import type { Row } from '../report'
import { table } from '../report'

const option = (name: string): string | undefined =>
  process.argv.find((argument) => argument.startsWith(`--${name}=`))?.split('=')[1]
const rounds = Number(option('rounds') ?? 9)
const settleMs = 700
const measureMs = 1_500

/** What a scene takes, as shares of a second. */
interface Load {
  /** Of the window's main thread: tasks of every kind. */
  readonly thread: number
  /** Of one core, over the window's process and the one that puts its pixels on the screen. */
  readonly core: number
  /** Drawings a second, where the scene counts them. */
  readonly drawn: number
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

async function measure(window: BrowserWindow, scene: string): Promise<Load> {
  const { webContents } = window
  await webContents.executeJavaScript(`show(${JSON.stringify(scene)})`)
  await wait(settleMs)
  if (process.argv.includes('--pictures')) await picture(window, scene)
  const [before, drawnBefore] = [await busy(window), await drawnSoFar(window)]
  app.getAppMetrics()
  const from = performance.now()
  await wait(measureMs)
  const share = app
    .getAppMetrics()
    .filter(({ type }) => type === 'Tab' || type === 'GPU')
    .reduce((sum, { cpu }) => sum + cpu.percentCPUUsage, 0)
  const seconds = (performance.now() - from) / 1_000
  // Chromium tells shares of the whole machine.
  const drawn = ((await drawnSoFar(window)) - drawnBefore) / seconds
  return { thread: ((await busy(window)) - before) / seconds, core: (share / 100) * cpus().length, drawn }
}

const drawnSoFar = async ({ webContents }: BrowserWindow): Promise<number> =>
  Number(await webContents.executeJavaScript('drawings.count'))

/** For looking whether scenes that are compared show the same. */
async function picture({ webContents }: BrowserWindow, scene: string): Promise<void> {
  const file = join(__dirname, `${scene}.png`)
  writeFileSync(file, (await webContents.capturePage()).toPNG())
}

/** Seconds of tasks on the window's main thread so far. */
async function busy({ webContents }: BrowserWindow): Promise<number> {
  const answer: unknown = await webContents.debugger.sendCommand('Performance.getMetrics')
  const { metrics } = answer as { metrics: readonly { name: string; value: number }[] }
  return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!
const rangeOf = (values: readonly number[]) => [Math.min(...values), Math.max(...values)] as const

const scenes = [
  'nothing',
  'charts',
  'ladder',
  'ladder of elements',
  'books of ladders',
  'heatmap',
  'heatmap with lines'
] as const
type Loads = Readonly<Record<(typeof scenes)[number], readonly Load[]>>

function rowsOf(loads: Loads): Row[] {
  const of = (scene: keyof Loads, which: keyof Load) => loads[scene].map((load) => load[which])
  const row = (what: string, on: string, values: readonly number[], unit: string, goal = NaN): Row => ({
    ...{ part: 'window', what, on, figure: median(values), unit, goal },
    range: rangeOf(values)
  })
  const ratios = (which: keyof Load) =>
    of('ladder', which).map((load, round) => load / of('ladder of elements', which)[round]!)
  return [
    row('charts', '20 x 600 points, 10 a second', of('charts', 'thread'), 'of the main thread', 0.1),
    row('ladder', '48 rows, 60 a second', ratios('thread'), 'of it in elements', 0.6),
    row('ladder', 'with what draws the pixels', ratios('core'), 'of it in elements'),
    row('ladder', 'its main thread', of('ladder', 'thread'), 'of the main thread'),
    row('elements', 'their main thread', of('ladder of elements', 'thread'), 'of the main thread'),
    row('books', 'of either, undrawn', of('books of ladders', 'thread'), 'of the main thread'),
    row('heatmap', '600 x 400, 10 minutes, 30 a second', of('heatmap', 'core'), 'of a core', 0.15),
    row('heatmap', 'its main thread', of('heatmap', 'thread'), 'of the main thread'),
    row('heatmap', 'how often it was drawn', of('heatmap', 'drawn'), 'a second'),
    row('heatmap', 'with mid and microprice over it', of('heatmap with lines', 'core'), 'of a core'),
    row('heatmap', 'its main thread then', of('heatmap with lines', 'thread'), 'of the main thread'),
    row('nothing', 'an empty window', of('nothing', 'core'), 'of a core')
  ].filter(({ figure }) => figure !== undefined)
}

async function run(): Promise<void> {
  const window = new BrowserWindow({ width: 1500, height: 980, useContentSize: true })
  await window.loadFile(join(__dirname, 'page.html'))
  window.webContents.debugger.attach('1.3')
  // The thread's own time: what others do on the machine is left out.
  await window.webContents.debugger.sendCommand('Performance.enable', { timeDomain: 'threadTicks' })
  const loads = Object.fromEntries(scenes.map((scene) => [scene, [] as Load[]])) as Record<
    keyof Loads,
    Load[]
  >
  const only = option('only')
  const asked = scenes.filter((scene) => only === undefined || scene.includes(only))
  for (let round = 0; round < rounds; round++) {
    // In turn, so that whatever else the machine does hits all alike.
    const order = round % 2 === 0 ? asked : [...asked].reverse()
    for (const scene of order) loads[scene].push(await measure(window, scene))
  }
  const rows = rowsOf(loads)
  console.log(
    `the window in Electron ${process.versions.electron}: median of ${rounds} rounds and their range`
  )
  console.log(table(rows))
  const file = join(__dirname, 'window.json')
  writeFileSync(file, JSON.stringify({ electron: process.versions.electron, rows, loads }, undefined, 2))
  console.log(`as JSON: ${file}`)
}

// In software, wherever it runs, so that figures of different machines mean the same.
app.disableHardwareAcceleration()
app.commandLine.appendSwitch('disable-background-timer-throttling')
void app
  .whenReady()
  .then(run)
  .then(() => {
    app.exit(0)
  })
  .catch((error: unknown) => {
    console.error(error)
    app.exit(1)
  })
