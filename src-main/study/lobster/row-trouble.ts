import { executedHidden, halted, isEmptyLevel, submitted } from './session'

/** In words, what is wrong with a row of numbers; undefined where nothing is. */
export type RowTrouble = (row: readonly number[]) => string | undefined

const secondsPerDay = 86_400
/** What the price of a message of type 7 tells. */
const [halts, quotes, resumes] = [-1, 0, 1]
/** The last types that speak of an order with a number of its own: a hidden one may have 0, crosses and halts have none. */
const ofOrders = 4

/** Rows of a message file, from the first on. */
export function messageTrouble(): RowTrouble {
  let before = -Infinity
  return ([time = NaN, type = NaN, id = NaN, size = NaN, price = NaN, direction = NaN]) => {
    if (!Number.isInteger(type) || type < submitted || type > halted)
      return `type ${type} is none of LOBSTER's (1 to 7)`
    if (Math.abs(direction) !== 1) return `direction ${direction} is neither 1 (bid) nor -1 (ask)`
    if (!isWhole(size, 0)) return `size ${size} is no whole number from 0 on`
    if (type <= executedHidden && !isWhole(id, type <= ofOrders ? 1 : 0))
      return `order id ${id} is no whole number from ${type <= ofOrders ? 1 : 0} on`
    if (type === halted && ![halts, quotes, resumes].includes(price))
      return `price ${price} of a trading halt (type 7) is none of -1, 0 and 1`
    if (type !== halted && !isPrice(price)) return `price ${price} is no whole number above 0`
    if (!(time >= 0 && time < secondsPerDay)) return `time ${time} is not in seconds after midnight`
    if (time < before) return `time ${time} is before the line above (${before})`
    before = time
    return undefined
  }
}

/**
 * Rows of the orderbook file beside these messages, from the first on. A best bid may meet the best ask while trading is halted alone: orders gather there and
 * do not trade.
 */
export function bookTrouble(types: ArrayLike<number>, prices: ArrayLike<number>): RowTrouble {
  let [row, isHalted] = [0, false]
  return (values) => {
    if (types[row] === halted) isHalted = prices[row] !== resumes
    row++
    if (values.length % 4 !== 0) return `${values.length} columns, not four a level`
    const [ask = NaN, , bid = NaN] = values
    for (let place = 0; place < values.length; place += 2) {
      const wrong = levelTrouble(values, place)
      if (wrong !== undefined) return `column ${wrong}`
    }
    const hasBoth = !isEmptyLevel(ask) && !isEmptyLevel(bid)
    if (hasBoth && bid >= ask && !isHalted)
      return `best bid ${bid} is not below best ask ${ask}, and trading is not halted`
    return undefined
  }
}

/** Of the level whose price stands at `place`: asks at 0, 4, 8 …, bids at 2, 6, 10 …. */
function levelTrouble(values: readonly number[], place: number): string | undefined {
  const [price = NaN, size = NaN] = values.slice(place, place + 2)
  if (!isWhole(size, 0)) return `${place + 2}: size ${size} is no whole number from 0 on`
  if (isEmptyLevel(price)) return undefined
  if (!isPrice(price)) return `${place + 1}: price ${price} is no whole number above 0`
  if (place < 4) return undefined
  const better = values[place - 4]!
  if (isEmptyLevel(better)) return `${place + 1}: price ${price} stands behind a level that is not there`
  const isAsk = place % 4 === 0
  if (isAsk ? price > better : price < better) return undefined
  return `${place + 1}: ${isAsk ? 'ask' : 'bid'} ${price} is not behind ${better}, the level before it`
}

const isWhole = (value: number, least: number): boolean => Number.isSafeInteger(value) && value >= least

/** Prices are whole 1e-4 USD; what fills levels that are not there is none. */
const isPrice = (value: number): boolean => isWhole(value, 1) && !isEmptyLevel(value)
