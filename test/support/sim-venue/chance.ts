/** Uniform in [0, 1) from a seed (mulberry32): small, quick, the same everywhere. */
export function chanceOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Whole, from `least` to `most`, both included. */
export const between = (chance: () => number, least: number, most: number): number =>
  least + Math.floor(chance() * (most - least + 1))

export const oneOf = <T>(chance: () => number, these: readonly T[]): T =>
  these[Math.floor(chance() * these.length)]!

/** A waiting time, exponential with this mean. */
export const waitOf = (chance: () => number, mean: number): number => -mean * Math.log(1 - chance())
