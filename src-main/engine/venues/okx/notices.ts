import type { Trading } from '../../../../src-shared/instrument'
import { jsonOf } from '../../dialects/json'
import type { Wire } from '../../dialects/words'
import { heard, ignored, isObject, noJson, shortened, textOf } from '../../dialects/words'
import type { VenueEvent } from '../venue'
import { tradingOf } from './instruments'

/** More instruments than the venue lists; a table that is fuller is being fed garbage and starts anew. */
const MOST = 20_000

interface Known {
  readonly trading: Trading
  /** Its steps and its contract's worth, as one text. */
  readonly shape: string
}

/** Reads what OKX says apart from market data. It remembers what its line was told of instruments and maintenance: the first word of instruments is no news. */
export class Notices {
  readonly #known = new Map<string, Known>()
  /** Instrument types whose whole list has come. */
  readonly #listed = new Set<string>()
  #isClosed: boolean | undefined

  decode(text: string): readonly VenueEvent[] {
    if (text === 'pong') return heard
    const frame = jsonOf(text)
    if (frame === undefined) return noJson(text)
    if (!isObject(frame)) return ignored
    const arg = isObject(frame['arg']) ? frame['arg'] : {}
    if (typeof frame['event'] === 'string') return answer(frame['event'], frame, arg)
    const data = Array.isArray(frame['data']) ? frame['data'].filter(isObject) : []
    if (arg['channel'] === 'instruments') return this.#instruments(textOf(arg['instType']), data)
    if (arg['channel'] === 'status') return this.#maintenance(data)
    return ignored
  }

  /** The whole list at first, then what changes. */
  #instruments(type: string, data: readonly Wire[]): readonly VenueEvent[] {
    const isNews = this.#listed.has(type)
    this.#listed.add(type)
    const events: VenueEvent[] = []
    let isRelisted = false
    if (this.#known.size > MOST) this.#known.clear()
    for (const wire of data) {
      const symbol = textOf(wire['instId'])
      const shape = [wire['tickSz'], wire['lotSz'], wire['ctVal'], wire['ctMult']].map(textOf).join(' ')
      const state = textOf(wire['state'])
      const known = this.#known.get(symbol)
      const trading = tradingOf(state)
      this.#known.set(symbol, { trading, shape })
      if (!isNews) continue
      isRelisted ||= known?.shape !== shape
      if (known && known.trading !== trading) events.push(changed(symbol, trading, state))
    }
    if (isRelisted) events.push({ kind: 'relisted' })
    return events.length > 0 ? events : heard
  }

  /** `0` is the web socket service, `5` trading. A line that did not hear of the beginning tells of the end, too: the one before may have. */
  #maintenance(data: readonly Wire[]): readonly VenueEvent[] {
    for (const wire of data) {
      if (wire['serviceType'] !== '0' && wire['serviceType'] !== '5') continue
      const state = textOf(wire['state'])
      const reason = shortened(`maintenance: ${textOf(wire['title'])}`)
      const closed = state === 'ongoing'
      if (closed === this.#isClosed || (!closed && state !== 'completed')) continue
      this.#isClosed = closed
      return [{ kind: 'maintenance', closed, reason }]
    }
    return heard
  }
}

function changed(symbol: string, trading: Trading, state: string): VenueEvent {
  if (trading === 'trading') return { kind: 'resumed', symbol }
  return trading === 'delisted'
    ? { kind: 'delisted', symbol, reason: shortened(`the venue says: ${state}`) }
    : { kind: 'halted', symbol, reason: shortened(`the venue says: ${state}`) }
}

function answer(event: string, frame: Wire, arg: Wire): readonly VenueEvent[] {
  if (event === 'subscribe') {
    const symbol = textOf(arg['instId'])
    // Each channel is acknowledged by itself.
    if (symbol === '' || (arg['channel'] !== 'books' && arg['channel'] !== 'trades')) return heard
    return [{ kind: arg['channel'] === 'books' ? 'subscribed' : 'trades', symbols: [symbol] }]
  }
  const words = shortened(`${textOf(frame['code'])} ${textOf(frame['msg'])}`.trim())
  // 64008: "The connection will soon be closed for a service upgrade."
  if (event === 'notice') return frame['code'] === '64008' ? [{ kind: 'closing', reason: words }] : heard
  if (event === 'channel-conn-count-error') {
    const channel = textOf(frame['channel'])
    return refusal(channel, undefined, shortened(`too many connections for ${channel}`))
  }
  if (event !== 'error') return heard
  return refusal(/channel:\s*([\w-]+)/.exec(words)?.[1], /instId:\s*([\w.-]+)/.exec(words)?.[1], words)
}

/** A symbol is refused where its book is, and its trades by themselves; its other channels do without. */
function refusal(
  channel: string | undefined,
  symbol: string | undefined,
  reason: string
): readonly VenueEvent[] {
  if (channel === 'trades' && symbol !== undefined)
    return [{ kind: 'trades', symbols: [symbol], refused: reason }]
  if (channel !== undefined && channel !== 'books') return heard
  const isNamed = channel !== undefined && symbol !== undefined
  return [isNamed ? { kind: 'refused', symbol, reason } : { kind: 'refused', reason }]
}
