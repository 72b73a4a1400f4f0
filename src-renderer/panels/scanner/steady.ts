/** A score must be better by this much (a halving of the chance) to pass another. */
const margin = 1
/** Scores are averaged over this long: imbalances turn within seconds, and rows that followed them would be read by nobody. */
const tauMs = 10_000
const rerankAfterMs = 2_000

/** A score that follows its value slowly; unknown at once when the value is. */
export class SteadyScore {
  #value = NaN
  #at = NaN

  see(value: number, at: number): number {
    const share = Number.isNaN(this.#value) ? 1 : 1 - Math.exp(-Math.max(0, at - this.#at) / tauMs)
    this.#value = Number.isNaN(value)
      ? NaN
      : Number.isNaN(this.#value)
        ? value
        : this.#value + share * (value - this.#value)
    this.#at = at
    return this.#value
  }
}

/** The best of several, by name; another takes over only when it is better by the margin. */
export function steadyBest(
  scores: ReadonlyMap<string, number>,
  before: string | undefined
): string | undefined {
  let best: string | undefined
  for (const [name, score] of scores) {
    if (!Number.isNaN(score) && (best === undefined || score > scores.get(best)!)) best = name
  }
  const held = before === undefined ? NaN : (scores.get(before) ?? NaN)
  return best !== undefined && scores.get(best)! > held + margin ? best : Number.isNaN(held) ? best : before
}

/** An order that does not jitter: looked at anew every 2 s at most, never while held, and a row passes another only by the margin. */
export class SteadyOrder {
  #order: readonly string[] = []
  #at = -Infinity

  /** The names, best first; those of unknown score last, in the order given. */
  arrange(scores: ReadonlyMap<string, number>, held: boolean, at: number): readonly string[] {
    const news = [...scores.keys()].filter((name) => !this.#order.includes(name))
    const kept = this.#order.filter((name) => scores.has(name))
    this.#order = [...kept, ...news]
    if (news.length > 0 || (!held && at - this.#at >= rerankAfterMs)) {
      this.#order = passed(this.#order, scores)
      this.#at = at
    }
    return this.#order
  }
}

/** Each moves up while it is better than the one above by the margin; what is known passes what is not. */
function passed(order: readonly string[], scores: ReadonlyMap<string, number>): readonly string[] {
  const result: string[] = []
  for (const name of order) {
    const score = scores.get(name) ?? NaN
    let place = result.length
    while (place > 0 && passes(score, scores.get(result[place - 1]!) ?? NaN)) place--
    result.splice(place, 0, name)
  }
  return result
}

const passes = (score: number, above: number): boolean =>
  Number.isNaN(above) ? !Number.isNaN(score) : score > above + margin
