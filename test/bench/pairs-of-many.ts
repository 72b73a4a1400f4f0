import { type Contestant, cpuOf } from './pairs'

/** CPU ms of one run of each, round by round. */
export type Rounds = readonly (readonly number[])[]

const warmUps = 2

/** Runs all of them in turn in one process, and another begins each round. @param repeats of each, so that short ones are measured as long as the others */
export function alternated(
  contestants: readonly Contestant[],
  rounds: number,
  repeats: readonly number[]
): Rounds {
  for (let n = 0; n < warmUps; n++) for (const each of contestants) cpuOf(each, 1)
  return Array.from({ length: rounds }, (_, round) => {
    const times = new Array<number>(contestants.length).fill(NaN)
    for (let n = 0; n < contestants.length; n++) {
      const place = (round + n) % contestants.length
      times[place] = cpuOf(contestants[place]!, repeats[place]!) / repeats[place]!
    }
    return times
  })
}

/** How much one cost over another, round by round. */
export function ratioOf(
  rounds: Rounds,
  one: number,
  other: number
): { median: number; range: readonly [least: number, most: number] } {
  const ratios = rounds.map((times) => times[one]! / times[other]!).sort((a, b) => a - b)
  return { median: ratios[ratios.length >> 1]!, range: [ratios[0]!, ratios[ratios.length - 1]!] }
}
