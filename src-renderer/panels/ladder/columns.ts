/** Left and right edges of the ladder's columns in CSS px; a column without room is undefined. */
export interface Columns {
  readonly bid: Column
  readonly price: Column
  readonly ask: Column
  readonly sum: Column | undefined
  readonly bought: Column | undefined
  readonly sold: Column | undefined
}
export interface Column {
  readonly left: number
  readonly right: number
}

/** Shares the width out. Sizes and the price come first; sum, then traded volume go when it is narrow. */
export function columnsFor(width: number, priceWidth: number): Columns {
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
  return { ...columns, sum: extra(0), bought: extra(1), sold: extra(2) }
}
