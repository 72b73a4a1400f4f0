import { rm } from 'node:fs/promises'
import { defaultRules } from '../../src-shared/default-rules'
import { defaultSettings } from '../../src-shared/settings'
import { defaultWatchlists } from '../../src-shared/watchlist'
import { systemClock } from '../../src-main/engine/feed/clock'
import { metrics } from '../../src-main/engine/metrics/index'
import { Playback } from '../../src-main/engine/replay/playback'
import { venues } from '../../src-main/engine/venues/index'
import { millis } from '../../src-shared/units'
import { recordSimulated } from '../support/simulated-tape'

const ids = ['sim:BTC-PERP', 'sim:ETH-USDT', 'sim:SOL-USDT']

/** Seeks to places of a simulated tape, from command to the moment being there, with the whole engine behind it. Answers with the exit code. */
export async function seeks(minutes: number, count: number, say: (text: string) => void): Promise<number> {
  const tape = await recordSimulated(ids)
  try {
    await tape.clock.pass(minutes * 60_000)
    await tape.stop()
    const watch = {
      kind: 'watch',
      instruments: ids.map((id) => ({ id, levels: 50, trades: true }))
    }
    const playback: Playback = new Playback(
      {
        ...{ folder: tape.folder, clock: systemClock, venues, metrics },
        configuration: {
          kind: 'configure',
          ...{ settings: defaultSettings, bans: [], watchlists: defaultWatchlists, rules: defaultRules }
        },
        port: {
          post: (frame) => {
            if (frame.kind === 'market') playback.command({ kind: 'ack', number: frame.number })
          }
        },
        onState: () => undefined
      },
      { from: tape.startedAt, to: tape.startedAt + minutes * 60_000, at: tape.startedAt + 10_000 }
    )
    await playback.begin(watch)
    playback.pause()
    const took: number[] = []
    // Of the processor: what other work on the machine does not lengthen.
    const worked: number[] = []
    for (let n = 0; n < count; n++) {
      const share = (n * 0.618_034) % 1
      const [began, before] = [performance.now(), process.cpuUsage()]
      await playback.seek(millis(tape.startedAt + share * minutes * 60_000))
      const { user, system } = process.cpuUsage(before)
      worked.push((user + system) / 1_000)
      took.push(performance.now() - began)
    }
    playback.close()
    const of = (list: number[]): string => {
      const sorted = list.toSorted((one, other) => one - other)
      const at = (share: number) => sorted[Math.min(count - 1, Math.floor(share * count))]!.toFixed(0)
      return `p50 ${at(0.5)}, p99 ${at(0.99)}, most ${at(1)} ms`
    }
    say(`${minutes} min of tape, ${count} seeks: ${of(took)}; of the processor: ${of(worked)}`)
    took.sort((one, other) => one - other)
    return took[Math.floor(0.99 * count)]! > 300 ? 1 : 0
  } finally {
    await rm(tape.folder, { recursive: true })
  }
}
