import process from 'node:process'
import { columnsOf } from '../../src-shared/contract/catalogue'
import { sampleHead } from '../../src-shared/contract/frames'
import type { EngineControl, EngineReport } from '../../src-shared/contract/control'
import { Engine } from './engine'
import { systemClock } from './feed/clock'
import { RuleEstimator } from './estimate/estimator'
import { liveFeed } from './live-feed'
import { metrics } from './metrics/index'
import { pricePlacesOf } from './metrics/row-shape'
import { processProbe } from './process-probe'
import type { Configuration } from './replay/tape-engine'
import { Switchboard } from './replay/switchboard'
import { join } from 'node:path'
import { Recording } from './tape/recording'
import { Seconds } from './tape/seconds'
import { venues } from './venues/index'

/** The end of a message channel as a utility process gets it. */
interface Port {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void
  on(event: 'close', listener: () => void): void
  start(): void
}

/** The line to the main process; only there when Electron runs this file as a utility process. */
interface ParentPort {
  postMessage(message: EngineReport): void
  on(
    event: 'message',
    listener: (event: { readonly data: EngineControl; readonly ports: readonly Port[] }) => void
  ): void
}

const { parentPort } = process as unknown as { readonly parentPort?: ParentPort }
if (!parentPort) throw new Error('The engine runs only as a utility process of the app')

const report = (message: EngineReport): void => {
  parentPort.postMessage(message)
}

process.on('uncaughtException', (error) => {
  // The stack is for the log, the message for the user.
  console.error(error)
  report({ kind: 'fault', message: `The engine failed: ${error.message}` })
  // The message needs a moment to leave; the main process starts the engine anew.
  setTimeout(() => process.exit(1), 100)
})

/** The app names the folder for its tape; the last of it must be on disk before the process ends. */
const folder = process.argv.find((argument) => argument.startsWith('--tape='))?.slice('--tape='.length)
const recording = folder === undefined ? undefined : new Recording({ folder, clock: systemClock })
const columns = columnsOf(metrics.map(({ spec }) => spec))
const names = columns.map(({ metric, field }) => `${metric}.${field}`)
const shape = { columns: [...Object.keys(sampleHead), ...names], prices: new Set(pricePlacesOf(metrics)) }
const seconds =
  folder === undefined
    ? undefined
    : new Seconds({ folder: join(folder, 'seconds'), clock: systemClock, shape })
const estimator =
  folder === undefined
    ? undefined
    : new RuleEstimator({ folder: join(folder, 'seconds'), clock: systemClock, shape, columns })
const lastWordsMs = 100
const tapeMs = 1_500

const engine = new Engine({
  clock: systemClock,
  metrics,
  venues: venues.map((venue) => venue.spec),
  feed: (listener, settings, bans) =>
    liveFeed({
      listener,
      settings,
      bans,
      ...(recording && { recording }),
      onBan: (ban) => {
        report({ kind: 'ban', ban })
      }
    }),
  ...(recording && { recording }),
  ...(seconds && { seconds }),
  ...(estimator && { estimator }),
  probe: processProbe(),
  report
})

parentPort.on('message', ({ data, ports }) => {
  if (data.kind === 'port') {
    for (const port of ports) connect(port)
    return
  }
  if (data.kind === 'configure') configuration = data
  engine.control(data)
  if (data.kind === 'stop') end()
})

/** Its last words, what the metrics have learned, need a moment to leave; a disk that hangs is not waited for. */
function end(): void {
  const stopped = Promise.all([recording?.stop(), seconds?.stop()]).then(() => after(lastWordsMs))
  void Promise.race([stopped, after(tapeMs)]).then(() => process.exit(0))
}

function after(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

let configuration: Configuration | undefined
const switchboard =
  folder === undefined
    ? undefined
    : new Switchboard({
        ...{ folder, clock: systemClock, venues, metrics },
        ...(seconds && { past: seconds.past.bind(seconds) }),
        configuration: () => configuration,
        live: (port) => engine.connect(port)
      })

function connect(port: Port): void {
  const connection = (switchboard ?? engine).connect({
    post: (frame) => {
      port.postMessage(frame)
    }
  })
  port.on('message', ({ data }) => {
    connection.command(data)
  })
  port.on('close', () => {
    connection.close()
  })
  port.start()
}

// An engine without its app has nobody to tell: where the operating system does not end it, it ends itself.
const parent = process.ppid
setInterval(() => {
  if (process.ppid !== parent) process.exit(0)
}, 1_000)
