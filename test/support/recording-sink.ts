import { Changes, emptyTouch, Trades } from '../../src-main/engine/book/changes'
import type { Lane, Request, Sink, Venue } from '../../src-main/engine/venues/venue'
import { noReference } from '../../src-main/engine/venues/venue'
import type { Instrument } from '../../src-shared/instrument'

/** One side's levels as pairs of ticks and lots. */
const pairs = ({ price, size, count }: Changes['bids']) =>
  Array.from({ length: count }, (_, row) => [price[row]!, size[row]!] as const)

/** Watches one symbol and writes down, as plain data, all that a reader hands over. */
export class RecordingSink implements Sink {
  readonly heard: Record<string, unknown>[] = []
  readonly refined: string[] = []
  readonly lane1: Lane & { instrument: Instrument }

  constructor(venue: Venue, symbol: string) {
    this.lane1 = {
      instrument: venue.catalogue.guess(symbol),
      changes: new Changes(),
      trades: new Trades(),
      quote: { ...emptyTouch(), sequence: NaN, at: NaN },
      liquidations: new Trades(),
      reference: noReference(),
      refine: (which, text) => {
        this.refined.push(`${which} ${text}`)
        const decimals = (text.split('.')[1] ?? '').replace(/0+$/, '').length
        this.lane1.instrument = { ...this.lane1.instrument, [which]: { decimals, step: 1 } }
      }
    }
  }

  lane(symbol: string): Lane | undefined {
    return symbol === this.lane1.instrument.symbol ? this.lane1 : undefined
  }
  book({ changes }: Lane): void {
    this.heard.push(staged(changes))
  }
  trades({ trades }: Lane): void {
    for (let row = 0; row < trades.count; row++)
      this.heard.push({
        trade: trades.id[row],
        price: trades.price[row],
        size: trades.size[row],
        aggressor: trades.aggressor[row],
        at: trades.at[row]
      })
  }
  quote({ quote }: Lane): void {
    this.heard.push({ ...quote })
  }
  liquidations({ liquidations }: Lane): void {
    this.heard.push({ liquidations: liquidations.count, size: liquidations.size[0] })
  }
  /** An option's figures only where they were told. */
  reference({ reference }: Lane): void {
    const told = Object.entries(reference).filter(
      ([name, value]) => !seldomTold.includes(name) || !Number.isNaN(value)
    )
    this.heard.push(Object.fromEntries(told))
  }
  checksum(_lane: Lane, checksum: number): void {
    this.heard.push({ checksum })
  }
  doubtful(_lane: Lane, doubtful: string): void {
    this.heard.push({ doubtful })
  }
  tradesMissed(): void {
    this.heard.push({ tradesMissed: true })
  }
  missed(missed: number): void {
    this.heard.push({ missed })
  }
}

const seldomTold = [
  'openInterestAt',
  'underlying',
  'markIv',
  'bidIv',
  'askIv',
  'delta',
  'gamma',
  'vega',
  'theta'
]

/** A staged book message as plain data. */
export function staged({ isSnapshot, complete, first, last, previous, at, bids, asks }: Changes) {
  return { isSnapshot, complete, first, last, previous, at, bids: pairs(bids), asks: pairs(asks) }
}

/** What an instrument list was asked for with, where that does not matter. */
export const asked: Request = { url: 'https://venue.test/list', weight: 1 }

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
