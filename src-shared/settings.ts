import * as v from 'valibot'
import { instrumentIdSchema } from './watchlist'

const endpoint = v.pipe(v.string(), v.maxLength(200), v.regex(/^(wss|https|ws|http|sim):\/\//))

/** Instruments that have an anchor of their own, at most. */
export const mostAnchors = 200
const anchor = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(4_102_444_800))

/** What the user may change, apart from watchlists, layouts, rules and window bounds, which have files of their own. */
export const settingsSchema = v.strictObject({
  version: v.literal(1),
  theme: v.picklist(['system', 'dark', 'light']),
  density: v.picklist(['compact', 'default', 'comfortable']),
  /** Per venue id: switched off, or reached elsewhere (endpoint name to URL). */
  venues: v.record(
    v.pipe(v.string(), v.maxLength(32)),
    v.strictObject({
      enabled: v.boolean(),
      endpoints: v.record(v.pipe(v.string(), v.maxLength(32)), endpoint)
    })
  ),
  /** The tape: what is kept of all that the venues say. */
  recording: v.optional(
    v.strictObject({
      enabled: v.boolean(),
      days: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(365)),
      gigabytes: v.pipe(v.number(), v.minValue(0.1), v.maxValue(1_000))
    })
  ),
  simulation: v.strictObject({
    seed: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 31 - 1))
  }),
  /**
   * Per instrument, the one chosen last at the end: since when its anchored VWAP counts, Unix seconds; 0 is none. It goes before the anchor among the
   * parameters of the metric, which holds for all others: older files have that alone.
   */
  anchors: v.optional(v.pipe(v.record(instrumentIdSchema, anchor), v.maxEntries(mostAnchors))),
  /** Per metric id: parameters that differ from their defaults. The engine holds them against the metric's own ranges. */
  metrics: v.optional(
    v.record(
      v.pipe(v.string(), v.maxLength(32)),
      v.record(v.pipe(v.string(), v.maxLength(32)), v.pipe(v.number(), v.finite()))
    )
  )
})

export type Settings = Readonly<v.InferOutput<typeof settingsSchema>>

export type RecordingSettings = NonNullable<Settings['recording']>
export const defaultRecording: RecordingSettings = { enabled: true, days: 7, gigabytes: 10 }

export const defaultSettings: Settings = {
  version: 1,
  theme: 'dark',
  density: 'default',
  venues: {},
  simulation: { seed: 7 }
}
