import { sampleHead, sampleHeadLength } from '../../../src-shared/contract/frames'
import type { InstrumentId } from '../../../src-shared/instrument'
import type { Millis } from '../../../src-shared/units'
import { millis } from '../../../src-shared/units'
import type { Sighting } from '../alerts/sight'
import type { Watched } from '../watched'
import type { WindowPort } from '../window'
import type { ProbeSite, ProbeWish } from './probe'
import { Probe, remembered } from './probe'

const toldMs = 500

interface Running {
  readonly probe: Probe
  readonly wish: ProbeWish
  readonly scope: readonly InstrumentId[]
  /** Until it saw what is kept in memory. */
  isFresh: boolean
  toldAt: number
}

/** One rule a window is looked at live, while it is edited. */
export class Probes {
  readonly #running = new Map<WindowPort, Running>()
  #watched: (id: InstrumentId) => Watched | undefined = () => undefined
  /** Of the samples seen since the last tick; NaN before one. */
  #mono = NaN

  set(
    window: WindowPort,
    wish: ProbeWish | undefined,
    site: ProbeSite | undefined,
    watched: (id: InstrumentId) => Watched | undefined
  ): void {
    this.#watched = watched
    if (!wish || !site) this.#running.delete(window)
    else {
      const probe = new Probe(wish, site)
      this.#running.set(window, { probe, wish, scope: site.scope, isFresh: true, toldAt: -Infinity })
    }
  }

  /** All begin anew: what their figures are computed with has changed. */
  renew(siteOf: (wish: ProbeWish) => ProbeSite): void {
    for (const [window, { wish }] of [...this.#running]) this.set(window, wish, siteOf(wish), this.#watched)
  }

  drop(window: WindowPort): void {
    this.#running.delete(window)
  }

  see(sighting: Sighting): void {
    if (this.#running.size === 0) return
    this.#mono = sighting.mono
    for (const running of this.#running.values()) {
      if (running.isFresh) this.#recall(running, sighting)
      running.probe.see(sighting)
    }
  }

  tick(at: Millis): void {
    for (const [window, running] of this.#running) {
      if (running.isFresh) continue
      running.probe.judge(this.#mono)
      if (at - running.toldAt < toldMs && at >= running.toldAt) continue
      running.toldAt = at
      window.post({ kind: 'rule-probe', probe: running.probe.read(at) })
    }
  }

  /** Plays what is in memory, in the order of time. A row whose figures are all unknown is of a book that was not live. */
  #recall(running: Running, { at, mono }: Sighting): void {
    running.isFresh = false
    const { probe, wish, scope } = running
    const since = at - remembered(wish)
    const past = [...Probe.instrumentsOf(wish, scope)].flatMap((id) => {
      const seen = this.#watched(id)
      const width = seen?.row?.length ?? 0
      if (!seen || width === 0) return []
      const instrument = seen.instrument ?? { id, simulated: false }
      const rows = seen.recent(since)
      return Array.from({ length: rows.length / width }, (_, row) => ({
        instrument,
        row: rows.subarray(row * width, (row + 1) * width)
      }))
    })
    past.sort((a, b) => a.row[sampleHead.at]! - b.row[sampleHead.at]!)
    for (const [place, { instrument, row }] of past.entries()) {
      const then = row[sampleHead.at]!
      if (then >= at) break
      probe.see({ instrument, row, live: isLive(row), mono: mono - (at - then), at: millis(then) })
      // Instruments are sampled together: judged once all of one time were seen.
      if (past[place + 1]?.row[sampleHead.at] !== then) probe.judge(mono - (at - then))
    }
  }
}

function isLive(row: Float64Array): boolean {
  for (let place = sampleHeadLength; place < row.length; place++) if (!Number.isNaN(row[place]!)) return true
  return false
}
