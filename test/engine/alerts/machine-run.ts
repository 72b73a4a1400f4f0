import type { Limits, Machine } from '../../../src-main/engine/alerts/machine'
import { freshMachine, houseLimits } from '../../../src-main/engine/alerts/machine'
import { step } from '../../../src-main/engine/alerts/step'

/** ON .6, OFF .35, on for 3 s, re-arm 5 s, one notice a minute: the parameters of the golden vectors. */
export const limits: Limits = {
  ...houseLimits,
  on: 0.6,
  off: 0.35,
  minMs: 3_000,
  rearmMs: 5_000,
  cooldownMs: 60_000
}

/** A span [from, to) in ms: a value, null for unknown, `none` for no sample, a pair for even and odd hundreds of ms. */
export type Span = readonly [
  from: number,
  to: number,
  value: number | null | 'none' | readonly [number, number]
]

export interface Run {
  readonly said: string
  readonly state: Machine
}

/** Runs a machine over spans, a sample each 100 ms, and writes what it said as `FIRE@4000`. */
export function run(spans: readonly Span[], changed: Partial<Limits> = {}): Run {
  let state = freshMachine
  const said: string[] = []
  for (const [from, to, value] of spans) {
    if (value === 'none') continue
    for (let t = from; t < to; t += 100) {
      const now = typeof value === 'object' && value ? value[(t / 100) % 2]! : (value ?? NaN)
      const stepped = step(state, now, { ...limits, ...changed }, t)
      state = stepped.state
      for (const { notice, at, suppressedBefore } of stepped.said)
        said.push(
          `${notice}@${at}` +
            (notice === 'FIRE_DEFERRED' || notice === 'STILL_ON' ? `(${suppressedBefore})` : '')
        )
    }
  }
  return { said: said.join(' '), state }
}
