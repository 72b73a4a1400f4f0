/** Imbalance bands that charts can show, as fields of the metric `imbalance`. */
export const bands = ['l1', 'l5', 'l10', 'l20', 'bps5', 'bps10', 'bps25', 'bps50'] as const
export type Band = (typeof bands)[number]

export const mostBands = 4
const usualBands: readonly Band[] = ['bps10', 'bps25', 'bps5']

/** The bands of a tab's choices: known ones, each once, at most four; the usual three when nothing usable is there. */
export function bandsFrom(choice: unknown): readonly Band[] {
  const wanted: readonly unknown[] = Array.isArray(choice) ? choice : []
  const known = wanted.map((id) => bands.find((band) => band === id)).filter((band) => band !== undefined)
  const chosen = [...new Set(known)].slice(0, mostBands)
  return chosen.length > 0 ? chosen : usualBands
}

/** Adds a band at the end or takes it out. The last one stays, and a fifth is refused. */
export function toggled(chosen: readonly Band[], band: Band): readonly Band[] {
  if (chosen.includes(band)) return chosen.length > 1 ? chosen.filter((other) => other !== band) : chosen
  return chosen.length < mostBands ? [...chosen, band] : chosen
}

/** `10 bps`, `5 levels`, `touch`. */
export function bandTitle(band: Band): string {
  if (band === 'l1') return 'touch'
  return band.startsWith('bps') ? `${band.slice(3)} bps` : `${band.slice(1)} levels`
}
