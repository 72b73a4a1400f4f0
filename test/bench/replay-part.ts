import { gunzipSync, gzipSync } from 'node:zlib'
import { engineOf, floorOf } from './engine'
import { paired } from './pairs'
import { ratioRow, type Row } from './report'
import type { Stream } from './stream'

/** Unpacking and a book with its sums, over unpacking and JSON.parse alone; the diffs of a stream packed as a recording is, line by line. */
export function replayRows(streams: readonly Stream[]): Row[] {
  return streams.map((stream) => {
    const packed = gzipSync(Buffer.concat(stream.diffs.flatMap((bytes) => [bytes, Buffer.from('\n')])), {
      level: 1
    })
    const unpacked = (): Stream => ({ ...stream, diffs: lines(gunzipSync(packed)) })
    const lane = engineOf(stream, 'sorted', true, unpacked)
    const floor = { prepare: () => undefined, run: () => { floorOf(unpacked()).run() } } // prettier-ignore
    return ratioRow('replay', 'gunzip, sorted book, sums asked', stream.name, paired(lane, floor, 9, 1), 0.9)
  })
}

function lines(text: Buffer): Buffer[] {
  const found: Buffer[] = []
  for (let from = 0, to = text.indexOf(10); to >= 0; from = to + 1, to = text.indexOf(10, from))
    found.push(text.subarray(from, to))
  return found
}
