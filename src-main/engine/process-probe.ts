import { monitorEventLoopDelay } from 'node:perf_hooks'
import process from 'node:process'
import type { Probe } from './engine-parts'

const resolutionMs = 10

/** What this process uses, each figure over the span since it was last asked. */
export function processProbe(): Probe {
  const delay = monitorEventLoopDelay({ resolution: resolutionMs })
  delay.enable()
  let usage = process.cpuUsage()
  let askedAt = process.hrtime.bigint()
  return {
    cpu() {
      const now = process.hrtime.bigint()
      const { user, system } = process.cpuUsage(usage)
      const share = ((user + system) * 1_000) / Number(now - askedAt)
      usage = process.cpuUsage()
      askedAt = now
      return share
    },
    memory: () => process.memoryUsage.rss(),
    loopDelay() {
      // The histogram counts the pause between its own timers, so its resolution is part of every value.
      const late = (ns: number) => Math.max(0, ns / 1e6 - resolutionMs)
      const spread = {
        p50: late(delay.percentile(50)),
        p99: late(delay.percentile(99)),
        most: late(delay.max)
      }
      delay.reset()
      return spread
    }
  }
}
