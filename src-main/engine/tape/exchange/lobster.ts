import type { UniformEvent } from '../uniform/event'

type Level = Extract<UniformEvent, { k: 'book' }>['levels'][number]
const emptyPrice = 9_999_999_999
const [shown, hidden] = ['4', '5']

/** The day and the symbol in a LOBSTER file's name (`AAPL_2012-06-21_…_message_1.csv`); undefined for another name. */
export function dayIn(name: string): { readonly symbol: string; readonly midnight: number } | undefined {
  const match = /(?:^|\/)([A-Z.]{1,8})_(\d{4})-(\d{2})-(\d{2})_\d+_\d+_message_\d+\.csv(?:\.gz)?$/.exec(name)
  if (!match) return undefined
  const [year, month, day] = match.slice(2, 5).map(Number) as [number, number, number]
  const noon = Date.UTC(year, month - 1, day, 12)
  return { symbol: match[1]!, midnight: Date.UTC(year, month - 1, day) + newYorkBehindMs(noon) }
}

/**
 * A LOBSTER day as events: the message and the orderbook row of the same line belong together. The first book is a snapshot, then come its changes; a visible
 * execution (type 4) is a trade whose aggressor stands opposite the resting order. Prices are dollars times 10,000.
 */
export class LobsterRows {
  readonly #instrument: string
  readonly #midnight: number
  #before: ReadonlyMap<string, Level> | undefined

  constructor(symbol: string, midnight: number) {
    this.#instrument = `lobster:${symbol}`
    this.#midnight = midnight
  }

  take(message: readonly string[], book: readonly string[]): readonly UniformEvent[] {
    const [time = '0', type = '', , size = '', price = '', direction = ''] = message
    const t = this.#micros(time)
    const head = { i: this.#instrument, at: t, t }
    const events: UniformEvent[] = []
    if (type === shown || type === hidden) {
      // Hidden orders trade inside the spread: the direction is that of the resting order all the same.
      const side = direction === '1' ? 'sell' : 'buy'
      // The number is the order's, which may be executed many times: trades have none of their own.
      events.push({ k: 'trade', ...head, id: '', side, price: dollars(price), size })
    }
    const now = levelsOf(book)
    const levels = this.#before ? changesOf(this.#before, now) : [...now.values()]
    if (levels.length > 0) events.push({ k: 'book', ...head, snapshot: !this.#before, levels })
    this.#before = now
    return events
  }

  #micros(seconds: string): string {
    const [whole = '0', fraction = ''] = seconds.split('.')
    return String(this.#midnight * 1_000 + Number(whole) * 1e6 + Number(fraction.slice(0, 6).padEnd(6, '0')))
  }
}

function levelsOf(row: readonly string[]): Map<string, Level> {
  const levels = new Map<string, Level>()
  for (let at = 0; at + 3 < row.length; at += 4)
    for (const [side, place] of [
      ['ask', at],
      ['bid', at + 2]
    ] as const) {
      const price = row[place]!
      if (Math.abs(Number(price)) !== emptyPrice)
        levels.set(`${side} ${price}`, [side, dollars(price), row[place + 1]!])
    }
  return levels
}

function changesOf(before: ReadonlyMap<string, Level>, now: ReadonlyMap<string, Level>): Level[] {
  const changes: Level[] = []
  for (const [key, [side, price]] of before) if (!now.has(key)) changes.push([side, price, '0'])
  for (const [key, level] of now) if (before.get(key)?.[2] !== level[2]) changes.push(level)
  return changes
}

/** `5859400` is `585.94`. */
function dollars(price: string): string {
  const padded = price.padStart(5, '0')
  const cents = padded.slice(-4).replace(/0+$/, '')
  return cents === '' ? padded.slice(0, -4) : `${padded.slice(0, -4)}.${cents}`
}

/** How far New York's clocks are behind UTC at a moment. */
function newYorkBehindMs(at: number): number {
  const shownThere = new Date(at).toLocaleString('en-US', { timeZone: 'America/New_York', hourCycle: 'h23' })
  return at - Date.parse(`${shownThere} UTC`)
}
