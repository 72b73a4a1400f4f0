const units: Readonly<Record<string, number>> = { '': 1, k: 1e3, m: 1e6, b: 1e9 }

/** A sum as people type it (`25000`, `25 k`, `1.5M`), 0 for nothing typed; undefined for anything else. */
export function leastFrom(text: string): number | undefined {
  const trimmed = text.trim().replaceAll(',', '')
  if (trimmed === '') return 0
  const [, digits, unit = ''] = /^(\d{1,12}(?:\.\d{1,8})?)\s*([kmb]?)$/i.exec(trimmed) ?? []
  return digits === undefined ? undefined : Number(digits) * units[unit.toLowerCase()]!
}
