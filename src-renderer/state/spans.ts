/** A stretch of time, ms; an open one ends at Infinity. */
export type Span = readonly [from: number, to: number]

/** The union of spans, oldest first, none touching another. */
export function union(spans: readonly Span[]): Span[] {
  const merged: Span[] = []
  for (const span of [...spans].sort((a, b) => a[0] - b[0])) {
    const last = merged.at(-1)
    if (last && span[0] <= last[1]) merged[merged.length - 1] = [last[0], Math.max(last[1], span[1])]
    else merged.push(span)
  }
  return merged
}

/** With an open span from `at`, if none is open. */
export function opened(spans: readonly Span[], at: number): readonly Span[] {
  return spans.at(-1)?.[1] === Infinity ? spans : [...spans, [at, Infinity]]
}

/** With the open span, if there is one, ended at `at`. */
export function closed(spans: readonly Span[], at: number): readonly Span[] {
  const last = spans.at(-1)
  if (last?.[1] !== Infinity) return spans
  return [...spans.slice(0, -1), [last[0], Math.max(last[0], at)]]
}

/** Pairs as the wire packs them. A missing end is an open one. */
export function spansOf(pairs: Float64Array): Span[] {
  const spans: Span[] = []
  for (let at = 0; at + 1 < pairs.length; at += 2) {
    const to = pairs[at + 1]!
    spans.push([pairs[at]!, Number.isNaN(to) ? Infinity : to])
  }
  return spans
}
