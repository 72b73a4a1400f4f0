import { fork } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { build } from 'vite'
import { recoverTape } from '../../../src-main/engine/tape/recovery'
import { TapeReader } from '../../../src-main/engine/tape/tape-reader'
import { frameOf } from './frame'

export interface Kill {
  /** From the last frame that was kept to the kill, ms of the child's wall clock. */
  readonly lostMs: number
  readonly kept: number
  /** Bytes of a torn last block. */
  readonly torn: number
  /** What was read and is not what was written, in words; empty when all is right. */
  readonly wrong: string
}

/** Kills so many recorders in the middle of their work, one after the other, and holds what they left against what they wrote. */
export async function killRecorders(count: number, told: (kill: Kill, n: number) => void): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), 'steelyard-kills-'))
  try {
    const child = await bundled(join(root, 'bundle'))
    for (let n = 0; n < count; n++)
      told(await killed(child, join(root, `tape ${n}`), 300 + ((n * 61) % 700)), n)
  } finally {
    await rm(root, { recursive: true })
  }
}

async function bundled(outDir: string): Promise<string> {
  // From the root of the project: bundled, this file lies elsewhere.
  const entry = join(process.cwd(), 'test/support/tape-kills/recording-child.ts')
  await build({
    configFile: false,
    logLevel: 'error',
    build: { ssr: entry, outDir, rolldownOptions: { output: { entryFileNames: 'child.mjs' } } },
    ssr: { noExternal: true }
  })
  return join(outDir, 'child.mjs')
}

async function killed(child: string, folder: string, afterMs: number): Promise<Kill> {
  const recorder = fork(child, [folder])
  let last = { count: 0, at: NaN }
  let trouble = ''
  // Only once its channel is closed has all been read that it said before.
  const ended = new Promise<void>((resolve) =>
    recorder.once('close', () => {
      resolve()
    })
  )
  await new Promise<void>((resolve) => {
    recorder.on('message', (message: { count: number; at: number } | { reason: string }) => {
      if ('reason' in message) trouble = message.reason
      else last = message
      resolve()
    })
  })
  await new Promise((resolve) => setTimeout(resolve, afterMs))
  recorder.kill('SIGKILL')
  await ended
  return { ...(await leftIn(folder, last)), ...(trouble === '' ? {} : { wrong: trouble }) }
}

async function leftIn(folder: string, last: { count: number; at: number }): Promise<Kill> {
  const before = await framesIn(folder)
  const recovered = await recoverTape(folder)
  const after = await framesIn(folder)
  const torn = recovered.reduce((sum, it) => sum + it.torn, 0)
  let { wrong } = before
  if (before.kept !== after.kept) wrong = `${before.kept} frames before the recovery, ${after.kept} after it`
  if (before.kept > last.count + 200) wrong = `${before.kept} frames of ${last.count}`
  const lostMs = Math.max(0, last.at - before.at)
  return { lostMs, kept: before.kept, torn, wrong }
}

/** How many frames a tape holds, from the first on; `wrong` when one of them is not the one that was written. */
async function framesIn(folder: string): Promise<{ kept: number; at: number; wrong: string }> {
  const reader = await TapeReader.open(folder)
  let kept = 0
  let at = NaN
  let wrong = ''
  for await (const block of reader.blocks(0, Infinity, (words) => (wrong = words)))
    for (const entry of block) {
      if (entry.kind !== 'rx') continue
      if (wrong === '' && !frameOf(kept).equals(entry.bytes)) wrong = `frame ${kept} is another`
      kept++
      at = entry.at
    }
  return { kept, at, wrong }
}
