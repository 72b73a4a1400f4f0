import type { Preset, Step } from '../../../src-main/engine/market/preset'
import { readTape } from '../../../src-main/engine/tape/reader'
import type { Columns, Diff, Tape } from './tape'
import { notionalOf } from './tape'

type Rows = readonly (readonly [price: string, size: string])[]

interface Snapshot {
  readonly lastUpdateId: number
  readonly bids: Rows
  readonly asks: Rows
}
interface Change {
  readonly e: 'depthUpdate'
  readonly u: number
  readonly b: Rows
  readonly a: Rows
}
interface Deal {
  readonly e: 'trade'
  readonly T: number
  readonly p: string
  readonly q: string
  readonly m: boolean
  /** Only on USD-M. */
  readonly X?: string
}
/** Spot names no event. */
interface Ticker {
  readonly e?: 'bookTicker'
  readonly b: string
  readonly B: string
  readonly a: string
  readonly A: string
}
type Message = Snapshot | { readonly data: Change | Deal | Ticker }

/**
 * Reads a capture of one Binance instrument as a tape of the preset made in its rhythm: its tick, lot and contract have to be
 * the preset's. Quotes and diffs stand at their receive time, trades at the venue's, which is what tells one order from the
 * next. Diffs begin behind the first snapshot. Throws for a file that is no capture or has no snapshot.
 */
export async function readCapture(path: string, preset: Preset): Promise<Tape> {
  const capture = new Capture(preset)
  const end = await readTape(path, ({ at, bytes }) => {
    capture.take(at, JSON.parse(new TextDecoder().decode(bytes)) as Message)
  })
  if (!end.ok) throw new Error(end.reason)
  return capture.tape
}

class Capture {
  readonly #preset: Preset
  readonly #quotes: Tape['quotes'] = []
  readonly #trades: Tape['trades'] = []
  readonly #diffs: Diff[] = []
  /** Heard before the snapshot, which answers late. */
  readonly #held: Change[] = []
  #book: Tape['book'] | undefined

  constructor(preset: Preset) {
    this.#preset = preset
  }

  get tape(): Tape {
    if (!this.#book) throw new Error('the capture holds no snapshot of the book')
    const [preset, book] = [this.#preset, this.#book]
    const [quotes, trades, diffs] = [this.#quotes, this.#trades, this.#diffs]
    return { preset, notional: notionalOf(preset), book, quotes, trades, diffs }
  }

  take(at: number, message: Message): void {
    if (!('data' in message)) this.#snapshot(at, message)
    else if (message.data.e === 'depthUpdate') this.#change(at, message.data)
    else if (message.data.e === 'trade') this.#deal(message.data)
    else this.#quote(at, message.data)
  }

  #snapshot(at: number, { lastUpdateId, bids, asks }: Snapshot): void {
    if (this.#book) return
    this.#book = { bids: this.#columns(bids), asks: this.#columns(asks) }
    for (const held of this.#held) if (held.u > lastUpdateId) this.#change(at, held)
  }

  #change(at: number, change: Change): void {
    if (this.#book) this.#diffs.push({ at, bids: this.#columns(change.b), asks: this.#columns(change.a) })
    else this.#held.push(change)
  }

  /** Insurance fund and deleveraging print too, and meet no book. */
  #deal({ T, p, q, m, X = 'MARKET' }: Deal): void {
    const lots = this.#lots(q)
    if (X !== 'MARKET' || lots === 0) return
    this.#trades.push({ at: T, price: this.#ticks(p), lots, sign: m ? -1 : 1 })
  }

  #quote(at: number, { b, B, a, A }: Ticker): void {
    const [bid, ask] = [this.#ticks(b), this.#ticks(a)]
    this.#quotes.push({ at, bid, bidLots: this.#lots(B), ask, askLots: this.#lots(A) })
  }

  #columns(rows: Rows): Columns {
    return {
      prices: Int32Array.from(rows, ([price]) => this.#ticks(price)),
      lots: Int32Array.from(rows, ([, size]) => this.#lots(size))
    }
  }

  #ticks(price: string): number {
    return whole(price, this.#preset.tick)
  }

  #lots(size: string): number {
    return whole(size, this.#preset.lot)
  }
}

const whole = (text: string, step: Step): number => Math.round(Number(text) * 10 ** step.decimals)
