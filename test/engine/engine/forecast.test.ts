import { describe, expect, test } from 'vitest'
import type { EngineFeed } from '../../../src-main/engine/engine-parts'
import { Engine } from '../../../src-main/engine/engine'
import type { FeedListener } from '../../../src-main/engine/feed/listener'
import { forecast } from '../../../src-main/engine/metrics/forecast'
import { unflattened } from '../../../src-main/engine/metrics/forecast/memory'
import { Replay } from '../../../src-main/engine/tape/replay'
import { binanceSpot } from '../../../src-main/engine/venues/binance-spot'
import { walkCaptures } from '../../../src-main/study/predict/study'
import type { EngineReport } from '../../../src-shared/contract/control'
import { sampleHeadLength } from '../../../src-shared/contract/frames'
import { capturePath, haveCapture } from '../../support/captures'
import { FakeClock } from '../../support/fake-clock'
import { framesOf } from '../../support/replayed'
import { DeskWindow } from './desk-window'
import { configuration } from './fake-feed'

const capture = 'market/binance/spot_ethusdt_20240808.gz'
const id = 'binance-spot:ETHUSDT'
const idle = {
  ...{ watch: () => undefined, configure: () => undefined, retry: () => undefined },
  ...{ askInstruments: () => undefined, links: () => [], catalogues: () => [] },
  ...{ counts: () => ({ frames: 0, gaps: 0, resyncs: 0, rejected: 0 }) },
  ...{ suspend: () => undefined, resume: () => undefined, stop: () => undefined }
} satisfies EngineFeed

/** An engine that lives through frames as if they came from sockets, looking at its figures every 100 ms. */
function engineAt(start: number) {
  const clock = new FakeClock(start)
  const reports: EngineReport[] = []
  let listener: FeedListener | undefined
  const engine = new Engine({
    ...{ clock, metrics: [forecast], venues: [binanceSpot.spec] },
    probe: { cpu: () => 0, memory: () => 0, loopDelay: () => ({ p50: 0, p99: 0, most: 0 }) },
    report: (report) => reports.push(report),
    feed: (it) => {
      listener = it
      return idle
    }
  })
  engine.control(configuration([], [id]))
  return {
    clock,
    engine,
    reports,
    replay: new Replay(binanceSpot, listener!),
    window: new DeskWindow(engine)
  }
}

describe.skipIf(!haveCapture(capture))('the forecast of a market that is lived through', () => {
  test('is the forecast of its recording, byte for byte', { timeout: 60_000 }, async () => {
    const frames = await framesOf(capture)
    const walk = await walkCaptures([capturePath(capture)], { takerBps: 5, makerBps: 2 })
    if (!walk.ok) throw new Error(walk.reason)
    const { clock, engine, reports, replay, window } = engineAt(frames[0]!.at)
    window.watch(id, { metrics: ['forecast'] })
    let lookedAt = frames[0]!.at
    for (const frame of frames) {
      const passed = frame.at - clock.now()
      if (frame.at - lookedAt >= 100) {
        await clock.pass(passed)
        lookedAt = frame.at
      } else if (passed > 0) clock.freeze(passed)
      replay.take(frame)
    }
    const { samples, instruments } = window.last('market')!
    expect(instruments).toEqual([id])
    expect(
      samples[sampleHeadLength + forecast.spec.fields.findIndex((it) => it.id === 's1-n')]
    ).toBeGreaterThan(900)
    engine.stop()
    const saved = reports.flatMap((it) => (it.kind === 'memory' ? it.memory.entries : []))
    const states = unflattened(saved.at(-1)!.values, walk.figures.horizons.length)
    expect(states).toEqual(walk.figures.horizons.map((it) => it.state))
  })
})
