/** One side of a comparison. `prepare` is not timed. */
export interface Contestant {
  prepare(): void
  run(): void
}

export interface Ratio {
  readonly median: number
  readonly least: number
  readonly most: number
  /** The engine's least time over the floor's least: what a shared machine does to single runs is mostly left out. */
  readonly ofLeast: number
  /** All of the engine's time over all of the floor's. */
  readonly ofSums: number
  readonly pairs: number
  /** CPU ms of one run at the median pair, of the engine and of the floor. For orientation: they mean nothing on another machine. */
  readonly engineMs: number
  readonly floorMs: number
}

/** Runs of each before the first that is timed. */
export const warmUps = 3

/**
 * Runs both in turn in one process, and who begins in turn too, so that whatever else the machine does hits both alike.
 * @param repeats runs a measurement, so that one lasts some hundred ms
 * @param collects begins each measurement without garbage. V8 then throws away what it compiled for objects that are gone (the shapes that JSON.parse made),
 * which hundreds of books survive and a scanner of small frames does not
 * @param warming runs of each before the first that is timed
 */
export function paired(
  engine: Contestant,
  floor: Contestant,
  pairs: number,
  repeats: number,
  collects = true,
  warming = warmUps
): Ratio {
  const timed = (one: Contestant) => cpuOf(one, repeats, collects)
  for (let n = 0; n < warming; n++) {
    cpuOf(engine, 1, collects)
    cpuOf(floor, 1, collects)
  }
  const measured = Array.from({ length: pairs }, (_, n) => {
    const early = n % 2 === 0 ? timed(engine) : NaN
    const floorMs = timed(floor)
    const engineMs = n % 2 === 0 ? early : timed(engine)
    return { engineMs, floorMs, ratio: engineMs / floorMs }
  }).sort((one, other) => one.ratio - other.ratio)
  const middle = measured[pairs >> 1]!
  const sumOf = (which: 'engineMs' | 'floorMs') => measured.reduce((sum, it) => sum + it[which], 0)
  const leastOf = (which: 'engineMs' | 'floorMs') => Math.min(...measured.map((it) => it[which]))
  return {
    median: middle.ratio,
    ofLeast: leastOf('engineMs') / leastOf('floorMs'),
    ofSums: sumOf('engineMs') / sumOf('floorMs'),
    least: measured[0]!.ratio,
    most: measured[pairs - 1]!.ratio,
    pairs,
    engineMs: middle.engineMs / repeats,
    floorMs: middle.floorMs / repeats
  }
}

/** CPU time of all threads, so that garbage collection off the main thread counts. */
export function cpuOf({ prepare, run }: Contestant, repeats: number, collects = true): number {
  let micros = 0
  if (collects) globalThis.gc?.()
  for (let n = 0; n < repeats; n++) {
    prepare()
    const before = process.cpuUsage()
    run()
    const { user, system } = process.cpuUsage(before)
    micros += user + system
  }
  return micros / 1_000
}
