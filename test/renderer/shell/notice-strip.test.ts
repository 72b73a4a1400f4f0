import { render, screen } from '@testing-library/svelte'
import { tick } from 'svelte'
import { afterEach, expect, it } from 'vitest'
import NoticeStrip from '../../../src-renderer/shell/NoticeStrip.svelte'
import type { RecordingState } from '../../../src-shared/contract/recording'
import { millis } from '../../../src-shared/units'
import { WindowDesk } from '../../support/window-desk'

afterEach(() => {
  document.body.replaceChildren()
})

/** The strip under an engine whose recorder stands so. */
async function strip(recording: RecordingState) {
  const window = new WindowDesk()
  window.hello()
  render(NoticeStrip, { desk: window.desk })
  const hear = async (state: RecordingState) => {
    const [at, startedAt] = [millis(window.now), millis(window.now)]
    const figures = {
      cpu: 0,
      memory: 0,
      loopDelayMs: 0,
      framesPerSecond: 0,
      gaps: 0,
      resyncs: 0,
      rejected: 0
    }
    const rest = { books: { live: 0, watched: 0 }, links: [], catalogues: [] }
    window.frame({ kind: 'health', health: { at, startedAt, ...figures, ...rest, recording: state } })
    await tick()
  }
  await hear(recording)
  return { window, hear }
}

it('says while nothing can be kept since when, why, and when it tries again, and is gone when it can', async () => {
  const since = millis(Date.UTC(2026, 10, 24, 12, 3, 7))
  const { window, hear } = await strip({
    ...{ state: 'trouble', reason: 'the disk is full', since, bytes: 1, dropped: 0 },
    nextAttemptAt: millis(new WindowDesk().now + 4_000)
  })
  const words = 'Nothing is recorded since 12:03:07: the disk is full.'
  expect(screen.getByText(new RegExp(words)).textContent).toContain('What you see stays live.')
  expect(screen.getByText(new RegExp(words)).textContent).toContain('next in 4.0 s')
  // While this window replays, its own time is another; the recorder's is not.
  const at = millis(window.now - 3_600_000)
  window.frame({
    ...{ kind: 'replay', replay: { state: 'paused', from: at, to: at, at, speed: 1, fired: 0, reason: '' } }
  })
  await tick()
  expect(screen.getByText(new RegExp(words)).textContent).toContain('next in 4.0 s')
  await hear({ state: 'recording', reason: '', since, bytes: 1, dropped: 0 })
  expect(screen.queryByText(/Nothing is recorded/)).toBeNull()
})
