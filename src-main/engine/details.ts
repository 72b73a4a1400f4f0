import type { EngineFrame, Unready } from '../../src-shared/contract/frames'
import type { InstrumentId } from '../../src-shared/instrument'
import type { Millis } from '../../src-shared/units'
import type { Want } from './snapshotter'

/** At most so often, ms. */
const everyMs = 1_000
const slackMs = 5

/** One instrument as asked for details. */
export interface Detailed {
  unready(metrics: ReadonlySet<string>, at: Millis): readonly Unready[]
  table(metric: string, at: Millis): Float64Array | undefined
  tableColumns(metric: string): readonly string[]
}

interface Asked {
  readonly metrics: ReadonlySet<string>
  readonly tables: readonly string[]
  readonly readiness: boolean
  /** The last answer as text: what did not change is not told again. */
  told: string
}

/** What one window is told once a second, and only where it asked: tables, and why figures are not known. */
export class Details {
  #asked = new Map<InstrumentId, Asked>()
  /** Monotonic ms; what is newly asked for is told at once. */
  #lastAt = -Infinity

  watch(wants: readonly Want[]): void {
    const before = this.#asked
    this.#asked = new Map(
      wants.flatMap(({ id, metrics = [], tables = [], readiness = false }) => {
        if (!readiness && tables.length === 0) return []
        const known = before.get(id)
        const isNews =
          !known || (readiness && !known.readiness) || tables.some((it) => !known.tables.includes(it))
        if (isNews) this.#lastAt = -Infinity
        const told = known?.told ?? ''
        return [[id, { metrics: new Set([...metrics, ...tables]), tables, readiness, told }] as const]
      })
    )
  }

  take(at: Millis, mono: number, scene: (id: InstrumentId) => Detailed | undefined): readonly EngineFrame[] {
    if (mono - this.#lastAt < everyMs - slackMs) return []
    this.#lastAt = mono
    return [...this.#asked].flatMap(([instrument, asked]) => {
      const seen = scene(instrument)
      if (!seen) return []
      const frames: EngineFrame[] = asked.tables.flatMap((metric) => {
        const rows = seen.table(metric, at)
        const columns = seen.tableColumns(metric)
        // The rows may be a view of a larger store, which would cross whole.
        return rows ? [{ kind: 'table', instrument, metric, at, columns, rows: rows.slice() }] : []
      })
      if (asked.readiness) frames.push(...readinessOf(instrument, asked, seen.unready(asked.metrics, at)))
      return frames
    })
  }
}

function readinessOf(instrument: InstrumentId, asked: Asked, unready: readonly Unready[]): EngineFrame[] {
  const words = JSON.stringify(unready)
  if (words === asked.told) return []
  asked.told = words
  return [{ kind: 'readiness', instrument, unready }]
}
