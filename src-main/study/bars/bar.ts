/** One minute. Prices in quote money, `at` in Unix seconds as the file labels it. */
export interface Bar {
  readonly at: number
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  readonly volume: number
}

/** Bars of one day or hour, put together; only where none is missing. */
export interface Stretch extends Bar {
  readonly minutes: readonly Bar[]
}

/** Whole stretches of `minutes`, in order, by the labels as they are. */
export function stretches(bars: readonly Bar[], minutes: number): Stretch[] {
  const groups = new Map<number, Bar[]>()
  for (const bar of bars) {
    const number = Math.floor(bar.at / (minutes * 60))
    const group = groups.get(number)
    if (group) group.push(bar)
    else groups.set(number, [bar])
  }
  return [...groups]
    .filter(([, group]) => group.length === minutes)
    .map(([number, group]) => ({
      at: number * minutes * 60,
      open: group[0]!.open,
      high: Math.max(...group.map((it) => it.high)),
      low: Math.min(...group.map((it) => it.low)),
      close: group.at(-1)!.close,
      volume: group.reduce((sum, it) => sum + it.volume, 0),
      minutes: group
    }))
}

/** ln of each close over the one before. */
export const logReturns = (bars: readonly Bar[]): Float64Array =>
  Float64Array.from(bars.slice(1), (bar, i) => Math.log(bar.close / bars[i]!.close))

/** Sum of squared one-minute returns inside, the first from its own open: an open is often not the close before. */
export function realisedVariance({ minutes }: Stretch): number {
  const first = minutes[0]!
  return logReturns(minutes).reduce((sum, it) => sum + it ** 2, Math.log(first.close / first.open) ** 2)
}
