import { jsonTrouble } from '../../engine/tape/json-trouble'

/** Names under which venues send their levels. */
const sides = new Set(['b', 'a', 'bids', 'asks'])
/** Names under which they send a price or a size by itself, and numbers and times of theirs. */
const decimals = new Set(['b', 'B', 'a', 'A', 'p', 'q', 'price', 'size', 'qty', 'px', 'sz'])
const wholes = new Set(['U', 'u', 'E', 'T', 't', 'lastUpdateId'])
/** What no message of Binance's is without. */
const required: Readonly<Record<string, readonly string[]>> = {
  depthUpdate: ['E', 's', 'U', 'u', 'b', 'a'],
  trade: ['p', 'q', 'T', 'm'],
  aggTrade: ['p', 'q', 'T', 'm'],
  bookTicker: ['u', 'b', 'B', 'a', 'A']
}

type Fields = Readonly<Record<string, unknown>>

/**
 * In words, what is odd about a message that its venue's reader could not read: cut off, or the first field with a value that none should have. Undefined where
 * nothing catches the eye: the reader knows more rules than are looked at here.
 */
export function oddIn(bytes: Uint8Array): string | undefined {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
  return jsonTrouble(text) ?? oddOf(JSON.parse(text))
}

function oddOf(value: unknown): string | undefined {
  if (Array.isArray(value)) return firstOf(value, oddOf)
  if (!isFields(value)) return undefined
  const missing = required[String(value['e'])]?.find((name) => !(name in value))
  if (missing !== undefined) return `"${missing}" is missing`
  return firstOf(Object.entries(value), ([name, field]) => oddField(name, field))
}

function oddField(name: string, value: unknown): string | undefined {
  if (sides.has(name) && Array.isArray(value))
    return firstOf(value, (row, place) => oddLevel(`"${name}", level ${place + 1}:`, row))
  if (Array.isArray(value) || isFields(value)) return oddOf(value)
  if (decimals.has(name)) return oddNumber(`"${name}"`, value, 0)
  return wholes.has(name) && !(Number.isSafeInteger(value) || isWholeText(value))
    ? `"${name}" is no whole number: ${JSON.stringify(value)}`
    : undefined
}

/** `[price, size, …]`, with words such as "new" before it, or an object with names for both. */
function oddLevel(where: string, row: unknown): string | undefined {
  if (isFields(row))
    return firstOf(Object.entries(row), ([name, value]) =>
      decimals.has(name) ? oddNumber(`${where} ${name}`, value, 0) : undefined
    )
  if (!Array.isArray(row)) return `${where} no level: ${JSON.stringify(row).slice(0, 40)}`
  const [first] = row as readonly unknown[]
  const values: readonly unknown[] =
    first === 'new' || first === 'change' || first === 'delete' ? row.slice(1) : row
  if (values.length < 2) return `${where} no price and size: ${JSON.stringify(row).slice(0, 40)}`
  return oddNumber(`${where} price`, values[0], Number.MIN_VALUE) ?? oddNumber(`${where} size`, values[1], 0)
}

function oddNumber(what: string, value: unknown, least: number): string | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  const shown = JSON.stringify(value).slice(0, 40)
  if (typeof number !== 'number' || !Number.isFinite(number)) return `${what} is no number: ${shown}`
  if (number >= least) return undefined
  return `${what} is ${number === 0 ? 'zero' : 'below zero'}: ${shown}`
}

const isWholeText = (value: unknown): boolean => typeof value === 'string' && /^\d+$/.test(value)

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function firstOf<T>(
  list: readonly T[],
  look: (item: T, place: number) => string | undefined
): string | undefined {
  for (const [place, item] of list.entries()) {
    const found = look(item, place)
    if (found !== undefined) return found
  }
  return undefined
}
