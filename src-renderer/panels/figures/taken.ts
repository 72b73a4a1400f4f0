import type { Line, Section } from './table'

/**
 * The new sections, with those and their lines that say what they said before taken over as they were: what is the same object need not be drawn again, and
 * of some two hundred figures most say the same from one look to the next.
 */
export function taken(sections: readonly Section[], before: readonly Section[]): readonly Section[] {
  const known = new Map(before.map((section) => [section.id, section]))
  return sections.map((section) => {
    const old = known.get(section.id)
    if (!old) return section
    const lines = section.lines.map((line, row) => sameLine(line, old.lines[row]))
    const isSame =
      section.coverage === old.coverage &&
      section.title === old.title &&
      lines.length === old.lines.length &&
      lines.every((line, row) => line === old.lines[row])
    return isSame ? old : { ...section, lines }
  })
}

function sameLine(line: Line, old: Line | undefined): Line {
  if (old?.id !== line.id || old.text !== line.text || old.tip !== line.tip || old.unit !== line.unit)
    return line
  // A bar is drawn in whole percents of its width.
  return old.title === line.title && Object.is(shown(old.bar), shown(line.bar)) ? old : line
}

const shown = (bar: number | undefined): number | undefined =>
  bar === undefined ? undefined : Math.round(bar * 100)
