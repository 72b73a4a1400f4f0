import * as v from 'valibot'
import { alertCommandOptions } from '../alerts/commands'
import { instrumentIdSchema } from '../watchlist'

const metricId = v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,32}$/))

/** Wall ms. */
const moment = v.pipe(v.number(), v.finite(), v.minValue(0))

const commandSchema = v.variant('kind', [
  /**
   * The whole of what this window wants to see; replaces what it wanted before. `levels` a side, 0 for figures only. `metrics` beside those that are
   * always computed; `tables` of metrics that have one; `readiness` asks why figures are not known.
   */
  v.strictObject({
    kind: v.literal('watch'),
    instruments: v.pipe(
      v.array(
        v.strictObject({
          id: instrumentIdSchema,
          levels: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(5_000)),
          trades: v.boolean(),
          metrics: v.optional(v.pipe(v.array(metricId), v.maxLength(100))),
          tables: v.optional(v.pipe(v.array(metricId), v.maxLength(20))),
          readiness: v.optional(v.boolean())
        })
      ),
      v.maxLength(500)
    )
  }),
  /** The window has drawn market frame `number`. */
  v.strictObject({ kind: v.literal('ack'), number: v.pipe(v.number(), v.integer()) }),
  v.strictObject({ kind: v.literal('visible'), visible: v.boolean() }),
  v.strictObject({
    kind: v.literal('history'),
    instrument: instrumentIdSchema,
    since: v.pipe(v.number(), v.finite())
  }),
  /** Try now instead of at the next attempt. */
  v.strictObject({ kind: v.literal('retry'), venue: v.pipe(v.string(), v.maxLength(32)) }),
  /** What the tape holds; answered by a `tape` frame. */
  v.strictObject({ kind: v.literal('tape') }),
  /**
   * This window shows the tape from now on, wall ms: from `at` on (`fromMs` where it is left out), and no further than `toMs`. What is live goes on in the
   * background; its alerts too. While a replay runs: the same again is another one.
   */
  v.strictObject({
    kind: v.literal('replay'),
    fromMs: moment,
    toMs: moment,
    at: v.optional(moment),
    instruments: v.optional(v.pipe(v.array(instrumentIdSchema), v.maxLength(500)))
  }),
  /** Steers the replay of this window; `end` is back to live. `step` goes on by one sample and pauses. */
  v.strictObject({
    kind: v.literal('replay-control'),
    act: v.optional(v.picklist(['play', 'pause', 'step', 'end'])),
    speed: v.optional(v.pipe(v.number(), v.minValue(0.1), v.maxValue(100))),
    seek: v.optional(moment)
  }),
  /** Ask for a venue's whole instrument list (all venues when empty). */
  v.strictObject({ kind: v.literal('catalogue'), venue: v.pipe(v.string(), v.maxLength(32)) }),
  ...alertCommandOptions
])

/** Everything a window says to the engine. */
export type EngineCommand = Readonly<v.InferOutput<typeof commandSchema>>

/** A command from untrusted input; undefined when it is none. */
export function parseCommand(input: unknown): EngineCommand | undefined {
  const result = v.safeParse(commandSchema, input)
  return result.success ? result.output : undefined
}
