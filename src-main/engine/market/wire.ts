import { decimal } from './decimal'
import type { Levels } from './levels'
import type { Preset, Step } from './preset'
import type { MarketSink, Mark } from './sink'

const FUNDING_MS = 8 * 3600 * 1000

/** Writes the dialect `steelyard-sim/1` (README.md): one JSON object a frame, numbers of the book as decimal text. */
export class Wire implements MarketSink {
  readonly #send: (frame: string) => void

  constructor(send: (frame: string) => void) {
    this.#send = send
  }

  hello(at: number, seed: number): void {
    this.#send(JSON.stringify({ ch: 'hello', dialect: 'steelyard-sim/1', seed, at }))
  }

  instruments(at: number, list: readonly Preset[]): void {
    this.#send(JSON.stringify({ ch: 'instruments', at, list: list.map(listed) }))
  }

  trade(of: Preset, at: number, id: number, price: number, lots: number, sign: 1 | -1): void {
    this.#send(
      `{"ch":"trade","i":"${of.symbol}","at":${at},"id":${id},"p":"${text(price, of.tick)}","q":"${text(lots, of.lot)}","aggressor":"${aggressor(sign)}"}`
    )
  }

  quote(
    of: Preset,
    at: number,
    id: number,
    bid: number,
    bidLots: number,
    ask: number,
    askLots: number
  ): void {
    this.#send(
      `{"ch":"quote","i":"${of.symbol}","at":${at},"id":${id},"b":"${text(bid, of.tick)}","B":"${text(bidLots, of.lot)}","a":"${text(ask, of.tick)}","A":"${text(askLots, of.lot)}"}`
    )
  }

  diff(of: Preset, at: number, prev: number, last: number, bids: Levels, asks: Levels): void {
    this.#send(
      `{"ch":"book","type":"diff","i":"${of.symbol}","at":${at},"first":${prev + 1},"last":${last},"prev":${prev},"bids":[${rows(of, bids)}],"asks":[${rows(of, asks)}]}`
    )
  }

  snapshot(of: Preset, at: number, id: number, bids: Levels, asks: Levels): void {
    this.#send(
      `{"ch":"book","type":"snap","i":"${of.symbol}","at":${at},"id":${id},"bids":[${rows(of, bids)}],"asks":[${rows(of, asks)}]}`
    )
  }

  mark(of: Preset, at: number, { mark, index, funding, openInterestLots }: Mark): void {
    const next = Math.ceil((at + 1) / FUNDING_MS) * FUNDING_MS
    const prices = { mark: mark.toFixed(6), index: index.toFixed(6), funding: funding.toFixed(8) }
    this.#send(
      JSON.stringify({ ch: 'mark', i: of.symbol, at, ...prices, next, oi: text(openInterestLots, of.lot) })
    )
  }

  liquidation(of: Preset, at: number, price: number, lots: number, sign: 1 | -1): void {
    const order = { p: text(price, of.tick), q: text(lots, of.lot), aggressor: aggressor(sign) }
    this.#send(JSON.stringify({ ch: 'liquidation', i: of.symbol, at, ...order }))
  }

  heartbeat(at: number): void {
    this.#send(`{"ch":"heartbeat","at":${at}}`)
  }
}

const text = (whole: number, step: Step): string => decimal(whole, step.decimals)
const aggressor = (sign: 1 | -1): string => (sign > 0 ? 'buy' : 'sell')

function rows(of: Preset, levels: Levels): string {
  let out = ''
  for (let i = 0; i < levels.count; i++)
    out += `${i > 0 ? ',["' : '["'}${text(levels.prices[i]!, of.tick)}","${text(levels.lots[i]!, of.lot)}"]`
  return out
}

function listed(of: Preset): object {
  return {
    i: of.symbol,
    venue: of.venue,
    kind: of.kind,
    base: of.asset,
    quote: of.quote,
    tick: of.tick.text,
    lot: of.lot.text,
    contract: String(of.contract),
    depthMs: of.depthMs
  }
}
