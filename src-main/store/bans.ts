import * as v from 'valibot'
import type { Ban } from '../../src-shared/contract/control'
import { millis, type Millis } from '../../src-shared/units'

const at = v.pipe(
  v.number(),
  v.finite(),
  v.transform((ms): Millis => millis(ms))
)

/** Venues' "come back later", kept so that a restart does not ask again too early. */
export const bansSchema = v.strictObject({
  version: v.literal(1),
  bans: v.pipe(
    v.array(
      v.strictObject({
        venue: v.pipe(v.string(), v.maxLength(32)),
        until: at,
        reason: v.pipe(v.string(), v.maxLength(500))
      })
    ),
    v.maxLength(100)
  )
})
export type Bans = Readonly<v.InferOutput<typeof bansSchema>>

export const noBans: Bans = { version: 1, bans: [] }

/** With the newest ban of its venue, without those that are over. */
export function banned({ bans }: Bans, ban: Ban, now: Millis): Bans {
  const others = bans.filter((other) => other.venue !== ban.venue && other.until > now)
  return { version: 1, bans: [...others, { ...ban, reason: ban.reason.slice(0, 500) }].slice(-100) }
}
