import { readLines } from '../../engine/tape/lines'
import type { Finding } from '../finding'
import { numbersOf } from '../number-line'
import { actions, sides, type OrderEvent } from './events'

const head = 'id,timestamp,exchange.timestamp,price,volume,action,direction'
const columns = head.split(',')
const numeric = columns.slice(0, 5)
const unitsOfPrice = 1e8
/** Times are in ms: later than this they are of another unit. */
const latest = Date.UTC(2100, 0)
/** Two weeks of the busiest market in this form; beyond it memory would not hold. */
const mostEvents = 20e6

/** Reads Bitstamp's order events, in file order, which need not be that of their times. Trouble with the file is told with the path and the line. */
export async function readOrders(path: string): Promise<Finding<readonly OrderEvent[]>> {
  const events: OrderEvent[] = []
  const end = await readLines(path, (line, number) => {
    const text = line.toString('latin1').trimEnd()
    if (number === 1) return text === head ? undefined : `line 1: the columns must be ${head}`
    const event = eventOf(text)
    if (typeof event === 'string') return `line ${number}: ${event}`
    if (events.length === mostEvents) return `line ${number}: more than ${mostEvents} events`
    events.push(event)
    return undefined
  })
  if (!end.ok) return end
  return events.length > 0 ? { ok: true, figures: events } : { ok: false, reason: `${path}: no order in it` }
}

function eventOf(text: string): OrderEvent | string {
  const fields = text.split(',')
  if (fields.length !== columns.length)
    return `${fields.length} columns instead of ${columns.length} (${columns.join(', ')})`
  const numbers = numbersOf(Buffer.from(fields.slice(0, numeric.length).join(',')), numeric)
  if (typeof numbers === 'string') return numbers
  const [id = NaN, at = NaN, madeAt = NaN, price = NaN, volume = NaN] = numbers
  if (!(Number.isSafeInteger(id) && id > 0)) return `id ${fields[0]} is no whole number from 1 on`
  if (!isTime(at)) return `timestamp ${fields[1]} is no whole number of ms since 1970`
  if (!isTime(madeAt)) return `exchange.timestamp ${fields[2]} is no whole number of ms since 1970`
  const units = Math.round(price * unitsOfPrice)
  if (!(units > 0 && Number.isFinite(units))) return `price ${fields[3]} is no price above 0`
  if (!Number.isSafeInteger(volume) || volume < 0)
    return `volume ${volume} is no whole number of 1e-8 from 0 on`
  const action = actions.find((it) => it === fields[5])
  if (!action) return `action "${fields[5]}" is none of ${actions.join(', ')}`
  const side = sides.find((it) => it === fields[6])
  if (!side) return `direction "${fields[6]}" is none of ${sides.join(', ')}`
  return { id, at, price: units, volume, action, side }
}

const isTime = (ms: number): boolean => Number.isInteger(ms) && ms > 0 && ms < latest
