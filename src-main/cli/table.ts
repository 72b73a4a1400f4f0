import { columnsOf } from '../../src-shared/contract/catalogue'
import type { EngineFrame } from '../../src-shared/contract/frames'
import { sampleHead, sampleHeadLength } from '../../src-shared/contract/frames'
import { bps, clock, decimal, imbalance, mid, plain, span, unknown } from '../../src-shared/format'
import type { Instrument, InstrumentId } from '../../src-shared/instrument'
import type { BookStatus } from '../../src-shared/status'
import type { Millis } from '../../src-shared/units'
import type { Metric } from '../engine/metrics/metric'

interface Row {
  status: BookStatus | undefined
  instrument: Instrument | undefined
  figures: Float64Array | undefined
}

const half = 8

/** What the terminal shows of each instrument: figures while its book is live, the reason while it is not. */
export class Table {
  readonly #rows: ReadonlyMap<InstrumentId, Row>
  readonly #place: (metric: string, field: string) => number
  readonly #width: number

  constructor(ids: readonly InstrumentId[], metrics: readonly Metric[]) {
    const blank = (): Row => ({ status: undefined, instrument: undefined, figures: undefined })
    this.#rows = new Map(ids.map((id) => [id, blank()]))
    const columns = columnsOf(metrics.map((metric) => metric.spec))
    this.#width = sampleHeadLength + columns.length
    this.#place = (metric, field) =>
      sampleHeadLength + columns.findIndex((it) => it.metric === metric && it.field === field)
  }

  receive(frame: EngineFrame): void {
    if (frame.kind === 'instruments')
      for (const instrument of frame.list) this.#update(instrument.id, { instrument })
    else if (frame.kind === 'status') this.#update(frame.instrument, { status: frame.status })
    else if (frame.kind === 'market')
      frame.instruments.forEach((id, row) => {
        this.#update(id, { figures: frame.samples.slice(row * this.#width, (row + 1) * this.#width) })
      })
  }

  lines(now: Millis, width: number): string[] {
    const head = [
      'instrument'.padEnd(26),
      'mid'.padStart(14),
      'bps'.padStart(7),
      ` ${'imbalance 10 bps'.padEnd(26)}`
    ]
    const more = ['msg/s'.padStart(6), 'age'.padStart(8)]
    const rows = [...this.#rows].map(([id, row]) => this.#line(id, row, now))
    const title = `Steelyard  ${clock(now)} UTC   Ctrl+C ends`
    return [title, '', [...head, ...more].join(''), ...rows].map((line) => line.slice(0, width))
  }

  #update(id: InstrumentId, news: Partial<Row>): void {
    const row = this.#rows.get(id)
    if (row) Object.assign(row, news)
  }

  #line(id: InstrumentId, { status, instrument, figures }: Row, now: Millis): string {
    const name = `${plain(id, 21)}${instrument?.simulated ? ' SIM' : ''}`.padEnd(26)
    if (status?.state !== 'live' || !instrument || !figures) return name + '  ' + why(status, now)
    const figure = (metric: string, field: string) => figures[this.#place(metric, field)] ?? NaN
    const lean = figure('imbalance', 'bps10')
    return [
      name,
      mid(instrument, figure('price', 'mid')).padStart(14),
      bps(figure('spread', 'bps')).padStart(7),
      `  ${bar(lean)} ${imbalance(lean).padStart(6)}  `,
      decimal(figure('rate', 'book'), 0).padStart(6),
      span(now - figures[sampleHead.heardAt]!).padStart(8)
    ].join('')
  }
}

/** Bid weight grows to the left of the middle, ask weight to the right, as in a ladder read sideways. */
function bar(lean: number): string {
  if (Number.isNaN(lean)) return unknown.padStart(half).padEnd(2 * half + 1)
  const length = Math.round(Math.abs(lean) * half)
  const left = lean > 0 ? '█'.repeat(length).padStart(half) : ' '.repeat(half)
  const right = lean < 0 ? '█'.repeat(length).padEnd(half) : ' '.repeat(half)
  return `${left}│${right}`
}

function why(status: BookStatus | undefined, now: Millis): string {
  if (!status) return 'connecting'
  const next =
    status.nextAttemptAt === undefined ? '' : `, next attempt in ${span(status.nextAttemptAt - now)}`
  return `${status.state}${status.reason === '' ? '' : `: ${plain(status.reason, 80)}`}${next}`
}
