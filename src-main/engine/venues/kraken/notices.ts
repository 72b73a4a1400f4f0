import * as v from 'valibot'
import { jsonOf } from '../../dialects/json'
import { heard, ignored, noJson, shortened } from '../../dialects/words'
import type { VenueEvent } from '../venue'
import type { Depths } from './depths'
import type { Precisions } from './precisions'

const acknowledgement = v.object({
  method: v.picklist(['subscribe', 'unsubscribe']),
  success: v.boolean(),
  error: v.optional(v.string()),
  symbol: v.optional(v.string()),
  result: v.optional(
    v.object({ channel: v.string(), symbol: v.optional(v.string()), depth: v.optional(v.number()) })
  )
})
const status = v.object({ channel: v.literal('status'), data: v.array(v.object({ system: v.string() })) })
const pair = v.object({
  symbol: v.string(),
  status: v.optional(v.string()),
  price_precision: v.pipe(v.number(), v.integer(), v.minValue(0)),
  qty_precision: v.pipe(v.number(), v.integer(), v.minValue(0))
})
const pairs = v.object({
  channel: v.literal('instrument'),
  type: v.string(),
  data: v.object({ pairs: v.array(v.unknown()) })
})
/** Of recordings of protocol v1. */
const first = v.object({
  event: v.string(),
  status: v.optional(v.string()),
  pair: v.optional(v.string()),
  errorMessage: v.optional(v.string())
})

/** What Kraken says on one line apart from market data; what must be remembered of it goes to the depths and precisions. */
export class Notices {
  readonly #depths: Depths
  readonly #precisions: Precisions
  #isClosed: boolean | undefined

  constructor(depths: Depths, precisions: Precisions) {
    this.#depths = depths
    this.#precisions = precisions
  }

  decode(text: string): readonly VenueEvent[] {
    const frame = jsonOf(text)
    if (frame === undefined) return noJson(text)
    if (v.is(acknowledgement, frame)) return this.#acknowledged(frame)
    if (v.is(status, frame)) return this.#status(frame.data[0]?.system ?? 'online')
    if (v.is(pairs, frame)) return this.#pairs(frame.data.pairs)
    if (v.is(v.object({ channel: v.literal('heartbeat') }), frame)) return heard
    if (v.is(v.object({ method: v.literal('pong') }), frame)) return heard
    return v.is(first, frame) ? firstProtocol(frame) : ignored
  }

  #acknowledged({ method, success, error = '', symbol, result }: v.InferOutput<typeof acknowledgement>) {
    const named = symbol ?? result?.symbol
    if (!success) {
      // Asking twice, or leaving what was never joined, hurts nobody.
      if (method === 'unsubscribe' || error.startsWith('Already subscribed')) return heard
      const reason = shortened(error)
      return [{ kind: 'refused', ...(named === undefined ? {} : { symbol: named }), reason }] as const
    }
    if (method !== 'subscribe' || named === undefined) return heard
    if (result?.channel === 'book' && result.depth !== undefined)
      this.#depths.acknowledge(named, result.depth)
    const subscribed = { kind: 'subscribed', symbols: [named] } as const
    return result?.channel === 'trade'
      ? ([subscribed, { kind: 'trades', symbols: [named] }] as const)
      : ([subscribed] as const)
  }

  /** Each connection begins with the status: the end of a maintenance may have been told while nobody listened. */
  #status(system: string): readonly VenueEvent[] {
    const isClosed = system === 'maintenance'
    if (isClosed === this.#isClosed) return heard
    this.#isClosed = isClosed
    return [{ kind: 'maintenance', closed: isClosed, reason: 'Kraken is closed for maintenance' }]
  }

  #pairs(entries: readonly unknown[]): readonly VenueEvent[] {
    const events: VenueEvent[] = []
    for (const entry of entries) {
      if (!v.is(pair, entry)) continue
      const precision = { price: entry.price_precision, size: entry.qty_precision }
      if (this.#precisions.tell(entry.symbol, precision)) events.push({ kind: 'relisted' })
      if (entry.status !== undefined) events.push(this.#trading(entry.symbol, entry.status))
    }
    return events.length === 0 ? heard : events
  }

  /** Cancel, limit, post or reduce only: the book stays what it is. A pair is told anew for many reasons, and whole on each connection: only what was halted resumes. */
  #trading(symbol: string, state: string): VenueEvent {
    const reason = shortened(`Kraken: ${symbol} is ${state.replaceAll('_', ' ')}`)
    const isHalted = state === 'maintenance' || state === 'work_in_progress'
    if (state === 'delisted') return { kind: 'delisted', symbol, reason }
    return isHalted ? { kind: 'halted', symbol, reason } : { kind: 'resumed', symbol }
  }
}

function firstProtocol({
  event,
  status: state,
  pair: symbol,
  errorMessage = ''
}: v.InferOutput<typeof first>) {
  if (event !== 'subscriptionStatus') return heard
  if (state === 'subscribed' && symbol !== undefined)
    return [{ kind: 'subscribed', symbols: [symbol] }] as const
  if (state !== 'error') return heard
  const reason = shortened(errorMessage)
  return [{ kind: 'refused', ...(symbol === undefined ? {} : { symbol }), reason }] as const
}
