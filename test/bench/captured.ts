import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { readLine } from '../../src-main/engine/tape/line'
import { binanceSpot } from '../../src-main/engine/venues/binance-spot/index'
import { binanceUsdm } from '../../src-main/engine/venues/binance-usdm/index'
import type { Stream } from './stream'

/** Captures lie beside the project, never in it. */
const folder = join(process.cwd(), '..', 'shared', 'data')
const captures = [
  { name: 'spot BTCUSDT', venue: binanceSpot, path: 'market/binance/spot_btcusdt_20240808.gz' },
  { name: 'usdm BTCUSDT', venue: binanceUsdm, path: 'market/binance/usdm_btcusdt_20240808.gz' },
  { name: 'usdm BTCUSDT July', venue: binanceUsdm, path: 'feeds/binance-usdm_btcusdt_20240718-19.jsonl.gz' }
] as const

/** @returns the streams that are there, and the paths of those that are not */
export function capturedStreams(): { streams: Stream[]; absent: string[] } {
  const streams: Stream[] = []
  const absent: string[] = []
  for (const { name, venue, path } of captures) {
    if (existsSync(join(folder, path))) streams.push({ name, venue, symbol: 'BTCUSDT', ...messagesOf(path) })
    else absent.push(path)
  }
  return { streams, absent }
}

/** The first snapshot, and the diffs up to the second one: the July capture has two sessions. */
function messagesOf(path: string): Pick<Stream, 'snapshot' | 'diffs'> {
  const text = gunzipSync(readFileSync(join(folder, path)))
  let snapshot: Buffer | undefined
  const diffs: Buffer[] = []
  for (let from = 0, to = text.indexOf(10); to >= 0; from = to + 1, to = text.indexOf(10, from)) {
    const frame = readLine(text.subarray(from, to))
    if (!frame) continue
    // A buffer of its own, as the socket gives it.
    const bytes = Buffer.from(frame.bytes)
    if (bytes.includes('"depthUpdate"')) diffs.push(bytes)
    else if (bytes.includes('"lastUpdateId"')) {
      if (snapshot) break
      snapshot = bytes
    }
  }
  if (!snapshot) throw new Error(`${path} has no snapshot`)
  return { snapshot, diffs }
}
