import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

const expiries = ['25DEC26', '26MAR27', '25JUN27', '24SEP27'] as const
const months = { DEC: 11, MAR: 2, JUN: 5, SEP: 8 } as const

/** An expiry as Deribit writes it, at eight in the morning UTC. */
function timeOf(day: (typeof expiries)[number]): number {
  const month = months[day.slice(2, 5) as keyof typeof months]
  return Date.UTC(2000 + Number(day.slice(5)), month, Number(day.slice(0, 2)), 8)
}

function optionsOf(base: 'BTC' | 'ETH', first: number, step: number) {
  return expiries.flatMap((day) =>
    Array.from({ length: 80 }, (_, i) => first + i * step).flatMap((strike) =>
      (['call', 'put'] as const).map((kind) => ({
        ...{ instrument_name: `${base}-${day}-${strike}-${kind === 'call' ? 'C' : 'P'}`, kind: 'option' },
        ...{ base_currency: base, quote_currency: base, settlement_currency: base },
        ...{ tick_size: 0.0001, min_trade_amount: 0.1, contract_size: 1, is_active: true },
        ...{ expiration_timestamp: timeOf(day), strike, option_type: kind }
      }))
    )
  )
}

/** Deribit's lists of instruments on loopback, 1,280 options long; its streams are not there. */
export class OptionLists {
  readonly #http: Server

  private constructor() {
    const options = [...optionsOf('BTC', 40_000, 2_000), ...optionsOf('ETH', 1_000, 100)]
    this.#http = createServer((request, response) => {
      const kind = new URL(request.url ?? '/', 'http://loopback').searchParams.get('kind')
      const result = kind === 'option' ? options : []
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ result }))
    })
  }

  static async start(): Promise<OptionLists> {
    const lists = new OptionLists()
    await new Promise<void>((resolve) => lists.#http.listen(0, '127.0.0.1', resolve))
    return lists
  }

  get endpoints(): Readonly<Record<string, string>> {
    const at = `127.0.0.1:${(this.#http.address() as AddressInfo).port}`
    return { rest: `http://${at}/api/v2`, streams: `ws://${at}/ws`, www: `ws://${at}/ws` }
  }

  async stop(): Promise<void> {
    this.#http.closeAllConnections()
    await new Promise((resolve) => this.#http.close(resolve))
  }
}
