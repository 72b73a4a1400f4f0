/** `1732550400000-0007.tape`: the wall ms it was begun at, and a number that rises within one run. */
export const segmentName = (startedAt: number, number: number): string =>
  `${String(Math.round(startedAt)).padStart(13, '0')}-${String(number).padStart(4, '0')}.tape`

/** What was imported is named so: the recorder's limits are not for it. */
export const importedName = (name: string): string => name.replace(/\.tape$/, '-imported.tape')

export const isImported = (name: string): boolean => name.endsWith('-imported.tape')

/** When a segment was begun, wall ms; undefined for the name of anything else. */
export function startOf(name: string): number | undefined {
  const match = /^(\d{13})-\d{4,}(?:-imported)?\.tape$/.exec(name)
  return match ? Number(match[1]) : undefined
}
