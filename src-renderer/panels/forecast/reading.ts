import { forecastColumns, forecastSection, forecastSignals } from '../../../src-shared/forecast'

export interface Bin {
  readonly bin: number
  readonly n: number
  readonly said: number
  readonly came: number
}

export interface Contribution {
  readonly title: string
  /** Log-odds that the signal adds now: positive speaks for up. */
  readonly adds: number
}

type Three = readonly [number, number, number]

/** What the engine's table says of one horizon; NaN throughout what was not judged yet. */
export interface Reading {
  readonly bins: readonly Bin[]
  /** The strongest first. */
  readonly contributions: readonly Contribution[]
  /** Model, base rate, Cont and de Larrard. */
  readonly logLoss: Three
  /** Model, queue imbalance, last move. */
  readonly auc: Three
  /** Nats saved against the best baseline: mean, low, high. */
  readonly saved: Three
  /** The score itself, its reliability (lower is better) and its resolution (higher is better). */
  readonly brier: Three
  /** Uncertainty of the outcomes, calibration error that chance alone may bring, stretches judged. */
  readonly rest: Three
  /** Net bps of taking after 50, 100 and 250 ms. */
  readonly taking: Three
  readonly placing: { readonly net: number; readonly filled: number }
  readonly surest: {
    readonly from: number
    readonly n: number
    readonly gross: number
    readonly halfSpread: number
  }
}

const unknownThree: Three = [NaN, NaN, NaN]

export function readingOf(rows: Float64Array | undefined, horizon: number): Reading {
  const own: number[][] = []
  for (let at = 0; rows && at + forecastColumns <= rows.length; at += forecastColumns)
    if (rows[at + 1] === horizon) own.push([...rows.subarray(at, at + forecastColumns)])
  const of = (section: number) => own.filter((row) => row[0] === section)
  const three = (section: number, key: number): Three => {
    const row = of(section).find((it) => it[2] === key)
    return row ? [row[3]!, row[4]!, row[5]!] : unknownThree
  }
  const [net, filled, gross] = three(forecastSection.money, 1)
  const [from, n, halfSpread] = three(forecastSection.money, 2)
  return {
    bins: of(forecastSection.reliability).map((row) => ({
      ...{ bin: row[2]!, n: row[3]! },
      ...{ said: row[4]!, came: row[5]! }
    })),
    contributions: of(forecastSection.contribution)
      .map((row) => ({ title: forecastSignals[row[2]!] ?? '?', adds: row[3]! }))
      .sort((a, b) => Math.abs(b.adds) - Math.abs(a.adds)),
    logLoss: three(forecastSection.baseline, 0),
    auc: three(forecastSection.baseline, 1),
    saved: three(forecastSection.baseline, 2),
    brier: three(forecastSection.baseline, 3),
    rest: three(forecastSection.baseline, 4),
    taking: three(forecastSection.money, 0),
    placing: { net, filled },
    surest: { from, n, gross, halfSpread }
  }
}
