import { readLines } from '../../engine/tape/lines'
import type { Finding } from '../finding'
import { numbersOf } from '../number-line'
import type { RowTrouble } from './row-trouble'
import { bookTrouble, messageTrouble } from './row-trouble'
import type { Session, SideColumns } from './session'
import { executed, isEmptyLevel, priceUnitsPerTick } from './session'

const messageColumns = ['time', 'type', 'order id', 'size', 'price', 'direction']
const bookColumns = ['ask price', 'ask size', 'bid price', 'bid size']
/** A busy day of the busiest stock has some 5 million messages; ten times that many numbers fit into 4 GB. */
const mostNumbers = 400e6

/** Reads the message and the orderbook file of one day. Trouble with a file is told with the path and the line. */
export async function readSession(messagePath: string, bookPath: string): Promise<Finding<Session>> {
  const messages = await readTable(messagePath, messageColumns, messageTrouble())
  if (!messages.ok) return messages
  const [, types = [], , , prices = []] = messages.figures
  const book = await readTable(bookPath, bookColumns, bookTrouble(types, prices))
  if (!book.ok) return book
  const [rows, bookRows] = [messages.figures[0]!.length, book.figures[0]!.length]
  if (rows !== bookRows) {
    const reason = `${messagePath} has ${rows} rows and ${bookPath} has ${bookRows}: they are not of one day`
    return { ok: false, reason }
  }
  const session = sessionOf(symbolOf(messagePath), messages.figures, book.figures)
  const stranger = strangerIn(session)
  if (stranger !== undefined)
    return {
      ok: false,
      reason: `${messagePath}: line ${stranger}, beside ${bookPath}: they are not of one day`
    }
  return { ok: true, figures: session }
}

/** Files of the same length may still be of different days or stocks: then most executions are not at the best price of the book before. */
const leastExecutions = 20

function strangerIn({ rows, types, prices, directions, bids, asks }: Session): string | undefined {
  let [seen, apart, first] = [0, 0, '']
  for (let row = 1; row < rows; row++) {
    if (types[row] !== executed) continue
    seen++
    const best = (directions[row] === 1 ? bids : asks).prices[0]![row - 1]!
    if (prices[row] === best) continue
    apart++
    first ||= `${row + 1}: executed at ${prices[row]}, where the best price before was ${best}`
  }
  return seen >= leastExecutions && apart > seen / 2 ? first : undefined
}

async function readTable(
  path: string,
  names: readonly string[],
  trouble: RowTrouble
): Promise<Finding<Float64Array[]>> {
  const columns: Column[] = []
  const isOpen = names === bookColumns
  const end = await readLines(path, (line, number) => {
    const row = numbersOf(line, names, isOpen)
    const wrong = typeof row === 'string' ? row : trouble(row)
    if (wrong !== undefined || typeof row === 'string') return `line ${number}: ${wrong}`
    if (columns.length === 0) columns.push(...row.map(() => new Column()))
    if (row.length !== columns.length)
      return `line ${number}: ${row.length} columns where the lines before have ${columns.length}`
    if (columns[0]!.length * columns.length > mostNumbers) return `line ${number}: more than fits into memory`
    for (const [place, value] of row.entries()) columns[place]!.push(value)
    return undefined
  })
  if (!end.ok) return end
  if (columns.length === 0) return { ok: false, reason: `${path}: the file is empty` }
  return { ok: true, figures: columns.map((it) => it.values()) }
}

/** Numbers as they come; doubles its room when it is full. */
class Column {
  length = 0
  #room = new Float64Array(1024)

  push(value: number): void {
    if (this.length === this.#room.length) {
      const grown = new Float64Array(this.length * 2)
      grown.set(this.#room)
      this.#room = grown
    }
    this.#room[this.length++] = value
  }

  values(): Float64Array {
    return this.#room.slice(0, this.length)
  }
}

/** AMZN of `some/where/AMZN_2012-06-21_..._message_5.csv.gz`. */
const symbolOf = (path: string): string => path.split(/[/\\]/).at(-1)!.split(/[_.]/)[0]!

function sessionOf(
  symbol: string,
  messages: readonly Float64Array[],
  book: readonly Float64Array[]
): Session {
  const side = (sign: 1 | -1, from: number): SideColumns => ({
    sign,
    prices: book.filter((_, place) => place % 4 === from),
    sizes: book.filter((_, place) => place % 4 === from + 1)
  })
  const [asks, bids] = [side(-1, 0), side(1, 2)]
  const bid = bids.prices[0]!
  const mids = asks.prices[0]!.map((ask, row) =>
    isEmptyLevel(ask) || isEmptyLevel(bid[row]!) ? NaN : (ask + bid[row]!) / 2 / priceUnitsPerTick
  )
  const [times, types, ids, sizes, prices, directions] = messages
  return {
    symbol,
    levels: book.length / 4,
    rows: mids.length,
    times: times!,
    types: types!,
    ids: ids!,
    sizes: sizes!,
    prices: prices!,
    directions: directions!,
    bids,
    asks,
    mids
  }
}
