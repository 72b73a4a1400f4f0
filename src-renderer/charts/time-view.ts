/** Which stretch of time a chart shows. `end` undefined: it follows the present. */
export interface TimeView {
  readonly spanMs: number
  readonly end: number | undefined
}

export const shortestMs = 5_000
export const longestMs = 900_000

export const isFollowing = (view: TimeView): boolean => view.end === undefined

export function edgesOf(view: TimeView, now: number): readonly [from: number, to: number] {
  const to = view.end ?? now
  return [to - view.spanMs, to]
}

/** Moves by `byMs` (positive is later). Reaching the present follows it; nothing older than `oldest` comes to the right edge. */
export function panned(view: TimeView, byMs: number, now: number, oldest: number): TimeView {
  const end = Math.max((view.end ?? now) + byMs, Math.min(now, oldest + view.spanMs / 4))
  return { spanMs: view.spanMs, end: end >= now ? undefined : end }
}

/** Makes the span `factor` times as long, with the moment `around` staying where it is. A following view keeps following. */
export function zoomed(view: TimeView, factor: number, around: number, now: number): TimeView {
  const spanMs = Math.min(longestMs, Math.max(shortestMs, view.spanMs * factor))
  if (view.end === undefined) return { spanMs, end: undefined }
  const share = (view.end - around) / view.spanMs
  const end = around + share * spanMs
  return { spanMs, end: end >= now ? undefined : end }
}
