import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { alertRows } from './alerts-part'
import { booksRows } from './books-part'
import { capturedStreams } from './captured'
import { collectionRows, growthRows } from './collections-part'
import { deepRows } from './deep-part'
import { engineRows } from './engine-part'
import { generatedStream } from './generated'
import { measureMetrics } from './metrics'
import { memoryRows, scaleRows } from './memory-part'
import { replayRows } from './replay-part'
import { type Row, table } from './report'
import { scannerRows } from './scanners-part'

const { streams: captured, absent } = capturedStreams()
const generated = () => [
  generatedStream('generated, 1,000 levels', 1_000, 4_000),
  generatedStream('generated, 5,000 levels', 5_000, 4_000)
]

const parts: Readonly<Record<string, () => Row[] | Promise<Row[]>>> = {
  engine: () => engineRows([...generated(), ...captured]),
  books: () => booksRows([...generated().slice(0, 1), ...captured.slice(0, 2)]),
  scanners: scannerRows,
  memory: async () => [...memoryRows(), ...(await collectionRows(captured.slice(0, 1)))],
  deep: deepRows,
  growth: () => growthRows(generatedStream('generated', 1_000, 4_000)),
  scale: scaleRows,
  alerts: alertRows,
  replay: () => replayRows([...generated().slice(0, 1), ...captured])
}

const asked = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
// The metrics have a table of their own.
if (asked[0] === 'metrics') {
  await measureMetrics()
  process.exit(0)
}
const unknown = asked.filter((name) => !(name in parts))
if (unknown.length > 0) {
  console.error(`there is no ${unknown.join(', ')}; there are ${Object.keys(parts).join(', ')}`)
  process.exit(2)
}
for (const path of absent) console.log(`not here: ${path}`)
const rows: Row[] = []
for (const name of asked.length > 0 ? asked : Object.keys(parts)) rows.push(...(await parts[name]!()))
console.log(`CPU time, median of 9 pairs and their range; the floor is JSON.parse(buffer.toString()) alone`)
console.log(table(rows))
const { node, electron } = process.versions
const text = JSON.stringify({ node, electron, rows }, undefined, 2)
const file = join(dirname(fileURLToPath(import.meta.url)), 'bench.json')
writeFileSync(file, text)
console.log(`as JSON: ${file}`)
