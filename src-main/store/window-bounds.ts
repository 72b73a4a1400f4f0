import * as v from 'valibot'

const pixels = v.pipe(v.number(), v.integer(), v.minValue(-100_000), v.maxValue(100_000))

/** Where the window stood when it was last moved; without x and y the desktop chooses. */
export const windowSchema = v.strictObject({
  version: v.literal(1),
  x: v.optional(pixels),
  y: v.optional(pixels),
  width: pixels,
  height: pixels,
  maximised: v.boolean()
})
export type WindowBounds = Readonly<v.InferOutput<typeof windowSchema>>

export const defaultWindow: WindowBounds = { version: 1, width: 1440, height: 900, maximised: false }
