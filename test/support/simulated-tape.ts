import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { InstrumentId } from '../../src-shared/instrument'
import { defaultRecording, defaultSettings } from '../../src-shared/settings'
import { Feed } from '../../src-main/engine/feed/hub'
import type { FeedListener } from '../../src-main/engine/feed/listener'
import { SimulatedTransport } from '../../src-main/engine/feed/simulated-transport'
import { Recording } from '../../src-main/engine/tape/recording'
import { venues } from '../../src-main/engine/venues/index'
import { FakeClock } from './fake-clock'
import { nobody } from '../../src-main/engine/feed/nobody'

export interface SimulatedTape {
  readonly folder: string
  /** Wall ms at which recording began. */
  readonly startedAt: number
  readonly clock: FakeClock
  readonly feed: Feed
  readonly recording: Recording
  readonly stop: () => Promise<void>
}

/** The simulated market on a tape of its own from its first message on, under a clock that the test moves. */
export async function recordSimulated(
  ids: readonly InstrumentId[],
  listener: FeedListener = nobody
): Promise<SimulatedTape> {
  const folder = mkdtempSync(join(tmpdir(), 'steelyard-simulated-tape-'))
  const clock = new FakeClock()
  const startedAt = clock.now()
  const recording = new Recording({ folder, clock })
  recording.configure(defaultRecording)
  await recording.begun
  const simulated = new SimulatedTransport(clock, () => ({ seed: 3, episodes: 'none' }))
  const feed = new Feed({
    ...{ venues, clock, settings: defaultSettings, bans: [], transports: [simulated] },
    http: () => simulated.get(),
    chance: () => 0.5,
    listener: recording.listener(listener),
    tap: (venue, lines) => recording.tap(venue, lines),
    onBan: () => undefined
  })
  recording.follow(() => feed.lanes())
  feed.watch(new Set(ids))
  const stop = async (): Promise<void> => {
    feed.stop()
    await recording.stop()
  }
  return { folder, startedAt, clock, feed, recording, stop }
}
