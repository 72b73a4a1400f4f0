import * as v from 'valibot'

const text = v.pipe(v.string(), v.maxLength(200))
const number = v.pipe(v.string(), v.regex(/^(-?\d{1,19}(\.\d{1,18})?)?$/))
const head = {
  /** `exchange:symbol`. */
  i: v.pipe(v.string(), v.regex(/^[\w.-]{1,40}:[^\s"\\]{1,100}$/)),
  /** The venue's own time, and that of the recorder; Unix microseconds. */
  at: v.pipe(v.string(), v.regex(/^\d{0,19}$/)),
  t: v.pipe(v.string(), v.regex(/^\d{1,19}$/))
}
const side = v.picklist(['bid', 'ask'])
const traded = {
  ...head,
  id: text,
  side: v.picklist(['buy', 'sell', 'unknown']),
  price: number,
  size: number
}

const eventSchema = v.variant('k', [
  v.strictObject({
    ...{ k: v.literal('book'), ...head, snapshot: v.boolean() },
    levels: v.array(v.strictTuple([side, number, number]))
  }),
  v.strictObject({ k: v.literal('trade'), ...traded }),
  v.strictObject({ k: v.literal('liquidation'), ...traded }),
  v.strictObject({
    ...{ k: v.literal('quote'), ...head },
    ...{ askSize: number, ask: number, bid: number, bidSize: number }
  }),
  v.strictObject({
    ...{ k: v.literal('reference'), ...head, fundingAt: text, funding: number, predicted: number },
    ...{ openInterest: number, last: number, index: number, mark: number }
  })
])

/**
 * What happened at a venue, in no venue's words: one JSON line each. Numbers stay the decimal text they came as, so that nothing is rounded on the way;
 * empty where nothing was told. Sizes of 0 remove their level.
 */
export type UniformEvent = v.InferOutput<typeof eventSchema>

/** The event in a line; undefined when it is none. */
export function readEvent(line: Uint8Array | string): UniformEvent | undefined {
  try {
    const found = v.safeParse(eventSchema, JSON.parse(Buffer.from(line).toString('utf8')))
    return found.success ? found.output : undefined
  } catch {
    // No JSON: the caller counts the line and says which one it was.
    return undefined
  }
}

/** Unix ms of a time in microseconds (16 digits) or, as some files have it, nanoseconds (19). */
export const msOf = (time: string): number =>
  time === '' ? NaN : Number(time) / (time.length > 17 ? 1e6 : 1e3)
