import { constants, PerformanceObserver } from 'node:perf_hooks'
import { engineOf } from './engine'
import type { Row } from './report'
import type { Stream } from './stream'

/** Garbage collections while a stream is played twice, and what a book grows by over many messages. */
export async function collectionRows(streams: readonly Stream[]): Promise<Row[]> {
  const rows: Row[] = []
  for (const stream of streams) {
    const engine = engineOf(stream, 'ladder', true)
    engine.prepare()
    engine.run()
    const kinds = await collectedIn(() => {
      for (let n = 0; n < 2; n++) {
        engine.prepare()
        engine.run()
      }
    })
    const major = kinds.filter((kind) => kind === constants.NODE_PERFORMANCE_GC_MAJOR).length
    rows.push(
      { part: 'memory', what: 'collections, played twice', on: stream.name, figure: kinds.length, unit: 'in all', goal: 3 },
      { part: 'memory', what: 'major collections, played twice', on: stream.name, figure: major, unit: 'in all', goal: 0 }
    ) // prettier-ignore
  }
  return rows
}

/** Heap after ten million messages over heap after one million. */
export function growthRows(stream: Stream): Row[] {
  const engine = engineOf(stream, 'ladder', true)
  const play = (messages: number): number => {
    for (let played = 0; played < messages; played += stream.diffs.length) {
      engine.prepare()
      engine.run()
    }
    globalThis.gc?.()
    const { heapUsed, arrayBuffers } = process.memoryUsage()
    return heapUsed + arrayBuffers
  }
  const early = play(1e6)
  const late = play(9e6)
  return [
    { part: 'memory', what: 'growth from 1e6 to 1e7 messages', on: stream.name, figure: (late - early) / 1_000, unit: 'KB', goal: 200 }
  ] // prettier-ignore
}

async function collectedIn(work: () => void): Promise<number[]> {
  const kinds: number[] = []
  const observer = new PerformanceObserver((list) => {
    // Typed without what Node adds.
    const entries = list.getEntries() as unknown as readonly { readonly detail: { readonly kind: number } }[]
    for (const { detail } of entries) kinds.push(detail.kind)
  })
  globalThis.gc?.()
  observer.observe({ entryTypes: ['gc'] })
  // What was asked for above is told late.
  await new Promise((resolve) => setTimeout(resolve, 50))
  kinds.length = 0
  work()
  await new Promise((resolve) => setTimeout(resolve, 50))
  observer.disconnect()
  return kinds
}
