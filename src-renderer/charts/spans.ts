/** A stretch of time without a live book, cut to what is visible. */
export interface HatchSpan {
  readonly from: number
  readonly to: number
  /** When the gap itself began: its name, whatever is visible of it. */
  readonly began: number
  /** Length of the whole gap so far, ms. */
  readonly lengthMs: number
  readonly open: boolean
}

/** The gaps that touch [from, to], oldest first. An open gap lasts until `now`. */
export function visibleGaps(
  gaps: readonly (readonly [from: number, to: number])[],
  from: number,
  to: number,
  now: number
): HatchSpan[] {
  const spans: HatchSpan[] = []
  for (const [began, ended] of gaps) {
    const open = !Number.isFinite(ended)
    const end = open ? Math.max(now, began) : ended
    if (end <= from || began >= to) continue
    spans.push({
      from: Math.max(from, began),
      to: Math.min(to, end),
      began,
      lengthMs: end - began,
      open
    })
  }
  return spans
}
