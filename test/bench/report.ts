import type { Ratio } from './pairs'

/** One line of the table. `goal` is the most the figure may be (the least where `isLeast`); NaN where there is none. */
export interface Row {
  readonly part: string
  readonly what: string
  readonly on: string
  readonly figure: number
  readonly unit: string
  readonly goal: number
  readonly isLeast?: boolean
  /** Least and most of the pairs, where it is a ratio of pairs. */
  readonly range?: readonly [least: number, most: number]
  /** What a reader must know of this figure. */
  readonly note?: string
}

export const ratioRow = (part: string, what: string, on: string, ratio: Ratio, goal = NaN): Row => ({
  ...{ part, what, on, figure: ratio.median, unit: 'of the floor', goal },
  range: [ratio.least, ratio.most]
})

export function table(rows: readonly Row[]): string {
  const cells = rows.map(({ part, what, on, figure, unit, goal, range, isLeast = false, note = '' }) => [
    part,
    what,
    on,
    figure.toFixed(2),
    range ? `${range[0].toFixed(2)} to ${range[1].toFixed(2)}` : '',
    unit,
    Number.isNaN(goal) ? '' : `at ${isLeast ? 'least' : 'most'} ${goal}`,
    Number.isNaN(goal) ? '' : (isLeast ? figure >= goal : figure <= goal) ? 'met' : 'MISSED',
    note
  ])
  const all = [['part', 'what', 'on', 'figure', 'range', 'unit', 'goal', '', ''], ...cells]
  const widths = all[0]!.map((_, column) => Math.max(...all.map((row) => row[column]!.length)))
  return all.map((row) => row.map((cell, column) => cell.padEnd(widths[column]!)).join('  ')).join('\n')
}
