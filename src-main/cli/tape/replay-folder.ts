import { stat } from 'node:fs/promises'
import { frameOf, wordsIn } from '../../engine/tape/entry-frame'
import { readInstrument } from '../../engine/tape/keyframe'
import type { TapeFrame } from '../../engine/tape/line'
import type { TapeEnd } from '../../engine/tape/reader'
import { readTape } from '../../engine/tape/reader'
import type { Replay } from '../../engine/tape/replay'
import { TapeReader } from '../../engine/tape/tape-reader'

/** Reads a capture, or what a tape's folder holds of one venue, in order. Never throws for what is wrong with it. */
export async function replayPath(
  path: string,
  venue: string,
  replay: Replay,
  onFrame: (frame: TapeFrame) => void
): Promise<TapeEnd> {
  const isFolder = (await stat(path).catch(() => undefined))?.isDirectory() ?? false
  return isFolder ? replayFolder(path, venue, replay, onFrame) : readTape(path, onFrame)
}

async function replayFolder(
  folder: string,
  venue: string,
  replay: Replay,
  onFrame: (frame: TapeFrame) => void
): Promise<TapeEnd> {
  const tape = await TapeReader.open(folder)
  let lines = 0
  let damaged = tape.troubles.map((words) => `${folder}: ${words}`).join('; ')
  let hasStopped = false
  const told = (words: string) => {
    damaged = `${folder}: ${words}`
    // What it held is not known: nothing before it says what comes.
    replay.interrupt('a damaged block of the tape')
  }
  for await (const block of tape.blocks(-Infinity, Infinity, told))
    for (const entry of block) {
      const { kind, bytes, stream, socket } = entry
      // The last books of a tape stand: only what comes after a pause does not follow them.
      if (hasStopped || kind === 'start' || kind === 'dropped') replay.interrupt('a pause of the recorder')
      hasStopped = kind === 'stop'
      const instrument = kind === 'instrument' ? readInstrument(bytes) : undefined
      if (instrument?.venue === venue) replay.describe(instrument)
      if (stream?.venue !== venue) continue
      if (kind === 'closed') replay.closed(socket, wordsIn(bytes, 'reason', 'the line was closed'))
      const frame = frameOf(entry)
      if (!frame) continue
      lines++
      onFrame(frame)
    }
  if (damaged !== '') return { ok: false, reason: damaged, lines }
  return lines > 0 ? { ok: true, lines } : { ok: false, lines, reason: `${folder}: the tape is empty` }
}
