/** Left and right edges of the ladder's columns in CSS px; a column without room is undefined. */
export interface Columns {
  readonly bid: Column
  readonly price: Column
  readonly ask: Column
  readonly sum: Column | undefined
  readonly bought: Column | undefined
  readonly sold: Column | undefined
  /** One for each book of a sum, in the place of what traded; none where they do not all fit. */
  readonly members: readonly Column[]
}
export interface Column {
  readonly left: number
  readonly right: number
}

/** Shares the width out. Sizes and the price come first; sum, then traded volume go when it is narrow. */
export function columnsFor(width: number, priceWidth: number, members = 0): Columns {
  if (members > 0) return columnsOfSum(width, priceWidth, members)
  const price = Math.ceil(priceWidth) + 12
  const side = 54
  const extras = [42, 34, 34]
  let count = extras.length
  const needed = () => price + 2 * side + extras.slice(0, count).reduce((sum, extra) => sum + extra, 0)
  while (count > 0 && needed() > width) count -= count === 3 ? 2 : 1
  const spare = Math.max(-40, width - needed()) / (2 + count * 0.5)
  let left = 0
  const take = (room: number): Column => {
    const column = { left: Math.round(left), right: Math.round(left + room) }
    left += room
    return column
  }
  const extra = (i: number) => (i < count ? take(extras[i]! + spare / 2) : undefined)
  const columns = { bid: take(side + spare), price: take(price), ask: take(side + spare) }
  return { ...columns, sum: extra(0), bought: extra(1), sold: extra(2), members: [] }
}

const memberWidth = 42
const leastSide = 48

/** The sum goes first when it is narrow, then the members as a whole: some of them would look like all. */
function columnsOfSum(width: number, priceWidth: number, members: number): Columns {
  const price = Math.ceil(priceWidth) + 12
  const room = width - price - 2 * leastSide
  const shown = members * memberWidth <= room ? members : 0
  const sum = shown * memberWidth + 42 <= room ? 42 : 0
  const side = (width - price - sum - shown * memberWidth) / 2
  let left = 0
  const take = (wide: number): Column => {
    const column = { left: Math.round(left), right: Math.round(left + wide) }
    left += wide
    return column
  }
  return {
    ...{ bid: take(side), price: take(price), ask: take(side) },
    sum: sum > 0 ? take(sum) : undefined,
    ...{ bought: undefined, sold: undefined },
    members: Array.from({ length: shown }, () => take(memberWidth))
  }
}
