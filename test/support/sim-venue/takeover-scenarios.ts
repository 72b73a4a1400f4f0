import assert from 'node:assert/strict'
import type { Dialect } from './dialect'
import { bitstampDialect } from './dialects/bitstamp'
import { hyperliquidDialect } from './dialects/hyperliquid'
import { dialects } from './dialects/index'
import { krakenDialect } from './dialects/kraken'
import { krakenFuturesDialect } from './dialects/kraken-futures'
import { okxDialect } from './dialects/okx'
import type { Scenario } from './scenario'
import { isLive, live, renewedAfter, staysLive } from './scenario'
import type { SimDesk } from './sim-desk'
import { asksAlone, silentOfTrades, untold } from './trade-scenarios'

const minute = 60_000
const LIFETIME_MS = 2 * minute
/** After so long without an acknowledgement trades are called unknown, and a second for the look. */
const UNANSWERED_MS = 11_500

const alone = (dialect: Dialect): Dialect => ({ ...dialect, listings: dialect.listings.slice(0, 1) })

/** How each venue says that it sends no trades of one instrument, and what is said of the book. */
const refusals: readonly (readonly [Dialect, (symbol: string) => object, RegExp])[] = [
  [
    okxDialect,
    (symbol) => ({
      ...{ event: 'error', code: '60018', connId: 'c1' },
      msg: `Wrong URL or channel:trades,instId:${symbol} doesn't exist.`
    }),
    /^live its trades are refused: 60018 Wrong URL or channel:trades,/
  ],
  [
    krakenFuturesDialect,
    (symbol) => ({ event: 'subscribed_failed', feed: 'trade', product_ids: [symbol], message: 'no trades' }),
    /^live its trades are refused: no trades$/
  ],
  [
    krakenDialect,
    (symbol) => ({ method: 'subscribe', success: false, symbol, error: 'no trades' }),
    /^refused no trades$/
  ],
  [
    hyperliquidDialect,
    (coin) => ({ channel: 'error', data: `Invalid subscription {"type":"trades","coin":"${coin}"}` }),
    /^refused Invalid subscription/
  ],
  [
    bitstampDialect,
    () => ({ event: 'bts:error', channel: '', data: { code: null, message: 'Bad subscription string.' } }),
    // It names nobody.
    /^live its trades are unknown: the venue has not answered/
  ]
]

/** As `silentOfTrades`, but only on lines that are begun meanwhile, and until trades are asked for there once more. */
const silentOnNewLines = (dialect: Dialect, isMute: () => boolean, instead?: string): Dialect => ({
  ...dialect,
  line: (wire) => {
    let isSilent = isMute()
    const line = silentOfTrades(dialect, () => isSilent, instead).line(wire)
    const hear = (text: string) => {
      if (!isMute() && text.includes('trade')) isSilent = false
      line.hear(text)
    }
    return { ...line, hear }
  }
})

/** A desk whose line is replaced by one on which the venue sends no trades while `isMute`; `act` once that has taken over. */
const takenOver =
  (dialect: Dialect, act: (desk: SimDesk, unmute: () => void) => Promise<void>, instead?: string) =>
  async (): Promise<void> => {
    let isMute = false
    const silent = silentOnNewLines(dialect, () => isMute, instead)
    const run = live(
      silent,
      async (desk) => {
        const { network, oracle } = desk
        const [old] = network.open_
        isMute = true
        assert.ok(await desk.until(() => !old!.isUp, LIFETIME_MS), 'not replaced')
        oracle.trades.length = 0
        await act(desk, () => (isMute = false))
      },
      { venue: renewedAfter(dialect.venue, LIFETIME_MS) }
    )
    await run()
  }

/** What the venue does not send on the line that has taken over. */
export const takeoverScenarios: readonly Scenario[] = [
  ...dialects.filter(asksAlone).map((dialect) => ({
    id: 'F40',
    promise: `${dialect.venue.spec.id}: trades that are not acknowledged on the line that takes over are missed since, said to be unknown, and asked for again`,
    run: takenOver(dialect, async (desk, unmute) => {
      desk.oracle.tradesLost.length = 0
      await staysLive(desk, UNANSWERED_MS)
      await untold(desk, /^its trades are unknown: the venue has not answered/, unmute)
    })
  })),
  ...refusals.map(([dialect, refusal, words]) => {
    const one = alone(dialect)
    const { symbol } = one.listings[0]!
    return {
      id: 'F40',
      promise: `${dialect.venue.spec.id}: trades that are refused on the line that takes over are missed since, said so in the venue’s words where it says whose, and asked for again`,
      run: takenOver(
        one,
        async (desk, unmute) => {
          const { oracle, clock, status } = desk
          const isSaid = () => words.test(`${status().state} ${status().reason}`)
          assert.ok(await desk.until(isSaid, UNANSWERED_MS), `says ${JSON.stringify(status())}`)
          // Longer than anything that was on its way.
          await clock.pass(5_000)
          assert.ok(isSaid(), `says ${JSON.stringify(status())}`)
          assert.deepEqual(oracle.trades, [])
          unmute()
          const isWhole = () => isLive(desk) && oracle.trades.length > 0 && status().reason === ''
          assert.ok(await desk.until(isWhole, status().nextAttemptAt! - clock.now() + minute), 'no trades')
          oracle.checkPrints()
        },
        JSON.stringify(refusal(symbol))
      )
    }
  })
]
