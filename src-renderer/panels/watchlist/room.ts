import { columns, ownPercentile, velocity, type Column } from './columns'

/** Of those that stand unless they are taken off, what goes last: the mock's order, then what it has no room for. */
const importance = ['imbalance', ownPercentile, 'spark', velocity, 'spread', 'mid', 'change', 'age', 'micro', 'rate'] // prettier-ignore
/** Behind this one stand those that were chosen. */
const chosenBehind = 'spread'

/** What can be taken off. */
export const standard: readonly Column[] = columns.filter(({ id }) => importance.includes(id))

/** CSS px: the table's padding with the ring and its gap, the gap before each column, and the instrument's name: whole, and where the first two columns would not fit otherwise. */
const frame = 32
const gap = 6
const nameWidth = 100
const leastNameWidth = 64
const besideLeastName = 2

/**
 * The columns there is room for in `width` CSS px, as they stand. They come in one order, the imbalance first, then what was chosen, then the others: a wider
 * table has all that a narrower one has.
 */
export function shownColumns(
  extras: readonly Column[],
  off: ReadonlySet<string>,
  width: number
): readonly Column[] {
  const kept = importance.flatMap((id) => (off.has(id) ? [] : (standard.find((it) => it.id === id) ?? [])))
  const [first, rest] = [
    kept.filter(({ id }) => id === 'imbalance'),
    kept.filter(({ id }) => id !== 'imbalance')
  ]
  const shown = new Set<Column>()
  let used = frame
  for (const column of [...first, ...extras, ...rest]) {
    used += gap + column.width
    if (used + (shown.size < besideLeastName ? leastNameWidth : nameWidth) > width) break
    shown.add(column)
  }
  return columns.flatMap((column) => [
    ...(column.id === 'symbol' || shown.has(column) ? [column] : []),
    ...(column.id === chosenBehind ? extras.filter((extra) => shown.has(extra)) : [])
  ])
}

/** The tracks of a row: the ring, the name, which takes what is left, and the others. */
export const tracksOf = (shown: readonly Column[]): string =>
  ['12px', `minmax(${leastNameWidth}px, 1fr)`, ...shown.slice(1).map(({ width }) => `${width}px`)].join(' ')

/** The ids of the standard columns that were taken off, as the layout keeps them. */
export const offFrom = (kept: unknown): ReadonlySet<string> =>
  new Set(Array.isArray(kept) ? standard.map(({ id }) => id).filter((id) => kept.includes(id)) : [])
