import { capturedStreams } from './captured'
import { engineOf, floorOf } from './engine'
import { generatedStream } from './generated'
import { measureMetrics } from './metrics'
import { paired, type Ratio } from './pairs'
import type { Stream } from './stream'

/** CPU of the floor in one measurement, ms: long against the grain of the clock. */
const measurementMs = 150
const pairs = 9

interface Row extends Ratio {
  readonly stream: string
  readonly engine: string
}

function measure(stream: Stream): Row[] {
  const floor = floorOf(stream)
  floor.run()
  const before = process.cpuUsage()
  floor.run()
  const { user, system } = process.cpuUsage(before)
  const repeats = Math.max(1, Math.ceil(measurementMs / ((user + system) / 1_000)))
  return [
    { stream: stream.name, engine: 'book', ...paired(engineOf(stream, false), floor, pairs, repeats) },
    {
      stream: stream.name,
      engine: 'book + 4 bands',
      ...paired(engineOf(stream, true), floor, pairs, repeats)
    }
  ]
}

function table(rows: readonly Row[]): string {
  const cells = rows.map(({ stream, engine, median, least, most, engineMs, floorMs }) => [
    stream,
    engine,
    median.toFixed(2),
    `${least.toFixed(2)} to ${most.toFixed(2)}`,
    engineMs.toFixed(1),
    floorMs.toFixed(1)
  ])
  const all = [['stream', 'engine', 'ratio', 'range', 'engine ms', 'floor ms'], ...cells]
  const widths = all[0]!.map((_, column) => Math.max(...all.map((row) => row[column]!.length)))
  return all.map((row) => row.map((cell, column) => cell.padEnd(widths[column]!)).join('  ')).join('\n')
}

function measureEngine(): void {
  const { streams, absent } = capturedStreams()
  for (const path of absent) console.log(`not here: ${path}`)
  const all = [
    generatedStream('generated, 1,000 levels', 1_000, 4_000),
    generatedStream('generated, 5,000 levels', 5_000, 4_000),
    ...streams
  ]
  const rows = all.flatMap(measure)
  console.log(`CPU time over that of JSON.parse(buffer.toString()) alone, median of ${pairs} pairs`)
  console.log(table(rows))
  console.log(JSON.stringify({ node: process.versions.node, electron: process.versions['electron'], rows }))
}

if (process.argv[2] === 'metrics') await measureMetrics()
else measureEngine()
