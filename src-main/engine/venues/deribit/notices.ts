import { jsonOf } from '../../dialects/json'
import type { Wire } from '../../dialects/words'
import { heard, ignored, isObject, noJson, shortened, textOf } from '../../dialects/words'
import type { VenueEvent } from '../venue'
import { call, symbolOfChannel } from './channels'

/** Requests whose answers are waited for; older ones are forgotten. */
const MOST_REQUESTS = 64
/** Ids of requests made here, apart from those of the line (from 1) and of its snapshots (from 1,000,000). */
const FIRST_ID = 2_000_000
const TOO_MANY_REQUESTS = 10028

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string')

/** What Deribit says on one line apart from market data, held against what was asked on it. */
export class Notices {
  readonly #asked = new Map<number, readonly string[]>()
  readonly #symbols = new Set<string>()
  #requests = FIRST_ID

  sent(text: string): void {
    const frame = jsonOf(text)
    const channels = isObject(frame) && isObject(frame['params']) ? frame['params']['channels'] : undefined
    if (!isObject(frame) || typeof frame['id'] !== 'number' || !isTexts(channels)) return
    for (const symbol of symbolsOf(channels))
      if (frame['method'] === 'public/unsubscribe') this.#symbols.delete(symbol)
      else this.#symbols.add(symbol)
    if (frame['method'] !== 'public/subscribe') return
    this.#asked.set(frame['id'], channels)
    if (this.#asked.size > MOST_REQUESTS) this.#asked.delete(this.#asked.keys().next().value!)
  }

  decode(text: string): readonly VenueEvent[] {
    const frame = jsonOf(text)
    if (frame === undefined) return noJson(text)
    if (!isObject(frame)) return ignored
    if (isObject(frame['error'])) return this.#refused(frame['error'], frame['id'])
    if ('result' in frame) return this.#answered(frame['result'], frame['id'])
    const params = isObject(frame['params']) ? frame['params'] : {}
    if (frame['method'] === 'heartbeat') {
      if (params['type'] !== 'test_request') return heard
      return [{ kind: 'answer', text: call('public/test', {}, 0) }]
    }
    return frame['method'] === 'subscription' ? this.#told(params) : ignored
  }

  /** The answer lists the channels really subscribed. An instrument that lacks one could not be shown truly. */
  #answered(result: unknown, id: unknown): readonly VenueEvent[] {
    const asked = this.#take(id)
    if (!asked || !isTexts(result)) return heard
    const missing = asked.filter((channel) => !result.includes(channel))
    const refused = symbolsOf(missing)
    const symbols = symbolsOf(asked).filter((symbol) => !refused.includes(symbol))
    return [
      { kind: 'subscribed', symbols },
      ...refused.map((symbol): VenueEvent => {
        const channel = missing.find((name) => symbolOfChannel(name) === symbol)!
        return { kind: 'refused', symbol, reason: shortened(`Deribit did not subscribe ${channel}`) }
      })
    ]
  }

  #refused(error: Wire, id: unknown): readonly VenueEvent[] {
    const asked = this.#take(id) ?? []
    const data = isObject(error['data']) ? error['data'] : {}
    const words = [`${Number(error['code'])} ${textOf(error['message'])}`, textOf(data['reason'])]
    const reason = shortened(words.filter(Boolean).join(', '))
    // The venue cuts sessions that ask too much: a new one after the usual wait.
    if (error['code'] === TOO_MANY_REQUESTS) return [{ kind: 'reconnect', reason, later: true }]
    const symbols = symbolsOf(asked)
    if (symbols.length > 1) return this.#halves(asked, symbols)
    return symbols.length === 0
      ? [{ kind: 'refused', reason }]
      : symbols.map((symbol) => ({ kind: 'refused', symbol, reason }))
  }

  /** One instrument that does not exist any more must not cost the others of its request: ask for each half by itself. */
  #halves(channels: readonly string[], symbols: readonly string[]): readonly VenueEvent[] {
    const first = new Set(symbols.slice(0, symbols.length >> 1))
    const isFirst = (channel: string): boolean => first.has(symbolOfChannel(channel) ?? '')
    const halves = [channels.filter(isFirst), channels.filter((channel) => !isFirst(channel))]
    return halves.map((half) => ({
      kind: 'answer',
      text: call('public/subscribe', { channels: half }, ++this.#requests)
    }))
  }

  #told({ channel, data }: Wire): readonly VenueEvent[] {
    if (!isObject(data)) return ignored
    if (channel === 'platform_state') return this.#platform(data)
    if (!textOf(channel).startsWith('instrument.state.')) return ignored
    return stateOf(textOf(data['instrument_name']), textOf(data['state']))
  }

  /** A locked index stops all instruments on it: `btc_usd` is that of BTC-…, `sol_usdc` that of SOL_USDC-…. */
  #platform({ maintenance, price_index: index, locked }: Wire): readonly VenueEvent[] {
    if (typeof maintenance === 'boolean')
      return [{ kind: 'maintenance', closed: maintenance, reason: 'Deribit is closed for maintenance' }]
    if (typeof index !== 'string' || typeof locked !== 'boolean') return heard
    const onIt = [...this.#symbols].filter((symbol) => indexOf(symbol) === index)
    return onIt.map((symbol) =>
      locked
        ? { kind: 'halted', symbol, reason: shortened(`Deribit has locked ${index}`) }
        : { kind: 'resumed', symbol }
    )
  }

  #take(id: unknown): readonly string[] | undefined {
    if (typeof id !== 'number') return undefined
    const asked = this.#asked.get(id)
    this.#asked.delete(id)
    return asked
  }
}

/** The documented life of an instrument: created, started, settled, closed, terminated; those of its newer engine: locked, halted, inactive, delivered, open. */
function stateOf(symbol: string, state: string): readonly VenueEvent[] {
  switch (state) {
    case 'created':
      return [{ kind: 'relisted' }]
    case 'started':
    case 'open':
      return [{ kind: 'resumed', symbol }]
    case 'closed':
    case 'terminated':
    case 'delivered':
      return [{ kind: 'delisted', symbol, reason: shortened(`Deribit: ${symbol} is ${state}`) }]
    case 'deactivated':
    case 'inactive':
    case 'locked':
    case 'halted':
      return [{ kind: 'halted', symbol, reason: shortened(`Deribit: ${symbol} is ${state}`) }]
    default:
      return heard
  }
}

function indexOf(symbol: string): string {
  const pair = (symbol.split('-')[0] ?? '').toLowerCase()
  return pair.includes('_') ? pair : `${pair}_usd`
}

const symbolsOf = (channels: readonly string[]): string[] => [
  ...new Set(channels.flatMap((channel) => symbolOfChannel(channel) ?? []))
]
