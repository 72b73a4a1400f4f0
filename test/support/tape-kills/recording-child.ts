import process from 'node:process'
import { systemClock } from '../../../src-main/engine/feed/clock'
import { filesIn } from '../../../src-main/engine/tape/files'
import { Recorder } from '../../../src-main/engine/tape/recorder'
import { frameOf } from './frame'

/** Records 5,000 frames a second into the folder it is given, and tells after each 5 ms how far it came, until it is killed. */
const folder = process.argv[2]!
const everyMs = 5
const framesPerMs = 5

const recorder = new Recorder({
  files: filesIn(folder),
  clock: systemClock,
  limits: { bytes: 1e9, days: 1 },
  onState: ({ state, reason }) => {
    if (state === 'trouble') process.send?.({ reason })
  }
})
const stream = recorder.stream({ venue: 'sim', leg: 'socket 1', url: 'sim://market' })
const startedAt = performance.now()
let count = 0
setInterval(() => {
  // By the clock, not by the timer: a late timer sends more.
  const due = (performance.now() - startedAt) * framesPerMs
  while (count < due) recorder.frame('rx', stream, frameOf(count++))
  process.send?.({ count, at: Date.now() })
}, everyMs)
