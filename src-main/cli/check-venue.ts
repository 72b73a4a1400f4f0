import { plain } from '../../src-shared/format'
import type { Instrument } from '../../src-shared/instrument'
import type { Clock } from '../engine/feed/clock'
import type { HttpGet, Socket, Transport } from '../engine/feed/transport'
import type { Endpoints, Leg, Reader, Venue } from '../engine/venues/venue'

const requestMs = 10_000
const frameMs = 10_000
const largestList = 64 * 2 ** 20
/** Coins that every venue has, the first that is listed is asked for. */
const usual = ['BTC', 'XBT', 'ETH']

export interface CheckParts {
  readonly transports: readonly Transport[]
  readonly http: HttpGet
  readonly clock: Clock
  readonly endpoints: (venue: Venue) => Endpoints
}

/** One step of a check: `words` for the user, with how long it took, or why it did not work. */
export interface CheckStep {
  readonly ok: boolean
  readonly words: string
}

export interface VenueCheck {
  readonly venue: string
  readonly title: string
  readonly ok: boolean
  readonly steps: readonly CheckStep[]
}

/** Asks a venue's public endpoints once each: its list of instruments, and over every kind of socket a first frame of market data. Never throws. */
export async function checkVenue(venue: Venue, parts: CheckParts): Promise<VenueCheck> {
  const list = await checkList(venue, parts)
  const symbol = symbolToAsk(list.instruments)
  const legs = venue.legs.filter((leg) => symbol === undefined || (leg.serves?.(symbol) ?? true))
  const sockets = await Promise.all(legs.map((leg) => checkLeg(venue, leg, symbol, parts)))
  const steps = [list.step, ...sockets]
  return { venue: venue.spec.id, title: venue.spec.title, ok: steps.every(({ ok }) => ok), steps }
}

async function checkList(
  venue: Venue,
  parts: CheckParts
): Promise<{ readonly step: CheckStep; readonly instruments: readonly Instrument[] }> {
  const [request] = venue.catalogue.requests(parts.endpoints(venue))
  if (!request) return { step: { ok: true, words: 'needs no list' }, instruments: [] }
  const from = parts.clock.mono()
  const answer = await getOf(parts)(request.url, {
    timeoutMs: requestMs,
    maxBytes: largestList,
    ...(request.post === undefined ? {} : { post: request.post })
  })
  if (!answer.ok) return { step: { ok: false, words: `list: ${answer.reason}` }, instruments: [] }
  const read = venue.catalogue.read(Buffer.from(answer.bytes).toString('utf8'), request)
  if ('reason' in read) return { step: { ok: false, words: `list: ${read.reason}` }, instruments: [] }
  const { instruments, next } = read
  const words = `list: ${instruments.length}${next ? ' and more' : ''} instruments in ${since(from, parts)}`
  return { step: { ok: true, words }, instruments }
}

function symbolToAsk(instruments: readonly Instrument[]): string | undefined {
  const trading = instruments.filter((it) => it.trading === 'trading' && it.expiresAt === undefined)
  const wanted = usual.map((base) => trading.find((it) => it.base === base)).find(Boolean)
  return (wanted ?? trading[0] ?? instruments[0])?.symbol
}

async function checkLeg(
  venue: Venue,
  leg: Leg,
  symbol: string | undefined,
  parts: CheckParts
): Promise<CheckStep> {
  const endpoints = parts.endpoints(venue)
  const address = await addressOf(leg, endpoints, parts)
  if ('reason' in address) return { ok: false, words: `${leg.id}: ${address.reason}` }
  let step: CheckStep = { ok: false, words: `${leg.id}: no address` }
  for (const url of [address.url, ...(leg.fallbacks?.(endpoints) ?? [])]) {
    step = await firstFrame(venue, leg, url, symbol, parts)
    if (step.ok) return step
  }
  return step
}

async function addressOf(
  leg: Leg,
  endpoints: Endpoints,
  parts: CheckParts
): Promise<{ readonly url: string } | { readonly reason: string }> {
  const { ticket } = leg
  if (!ticket) return { url: leg.url(endpoints) }
  const { url, post } = ticket.request(endpoints)
  const answer = await getOf(parts)(url, {
    timeoutMs: requestMs,
    maxBytes: largestList,
    ...(post === undefined ? {} : { post })
  })
  return answer.ok ? ticket.read(Buffer.from(answer.bytes).toString('utf8')) : answer
}

/** Opens, subscribes and waits for what is neither an acknowledgement nor a refusal. The socket is dropped whatever comes. */
function firstFrame(
  venue: Venue,
  leg: Leg,
  url: string,
  symbol: string | undefined,
  parts: CheckParts
): Promise<CheckStep> {
  const { clock, transports } = parts
  const transport = transports.find(({ schemes }) => schemes.includes(url.slice(0, url.indexOf(':'))))
  if (!transport) return Promise.resolve({ ok: false, words: `${leg.id}: no way to reach ${plain(url, 80)}` })
  return new Promise((resolve) => {
    const from = clock.mono()
    const reader = venue.reader()
    let opened = ''
    const end = (ok: boolean, words: string) => {
      cancel()
      socket.terminate()
      resolve({ ok, words: `${leg.id}: ${opened}${words}` })
    }
    const cancel = clock.after(frameMs, () => {
      end(false, opened ? `but nothing of ${symbol ?? ''} in ${frameMs / 1_000} s` : 'no answer in time')
    })
    const socket: Socket = transport.open(
      url,
      {
        onOpen() {
          opened = `open in ${since(from, parts)}, `
          if (symbol === undefined) end(true, 'nothing asked for, as there is no list')
          else
            for (const text of [...(leg.hello ?? []), ...leg.subscribe([symbol], 1)]) {
              reader.sent?.(text)
              socket.send(text)
            }
        },
        onFrame(bytes) {
          if (symbol === undefined) return
          const refusal = whatItIs(reader, bytes, symbol)
          if (refusal === 'market data') end(true, `first frame of ${symbol} in ${since(from, parts)}`)
          else if (refusal !== '') end(false, refusal)
        },
        onAlive: () => undefined,
        onClose(reason) {
          end(false, reason)
        }
      },
      { maxFrameBytes: venue.limits.maxFrameBytes, handshakeTimeoutMs: requestMs }
    )
  })
}

/** `market data`, the words of a refusal, or nothing to go by. */
function whatItIs(reader: Reader, bytes: Uint8Array, symbol: string): string {
  const heard = { market: false }
  const reading = reader.read(bytes, {
    lane: (named) => {
      if (named === symbol) heard.market = true
      return undefined
    },
    book: () => undefined,
    trades: () => undefined,
    quote: () => undefined,
    liquidations: () => undefined,
    reference: () => undefined,
    checksum: () => undefined,
    doubtful: () => undefined,
    tradesMissed: () => undefined,
    missed: () => undefined
  })
  if (heard.market) return 'market data'
  if (reading !== 'ordinary') return ''
  for (const event of reader.decode(Buffer.from(bytes).toString('utf8'))) {
    if (event.kind === 'refused') return `refused: ${plain(event.reason, 120)}`
    if (event.kind === 'reference') return 'market data'
    if (event.kind === 'maintenance' && event.closed) return `closed: ${plain(event.reason, 120)}`
  }
  return ''
}

/** HTTP, except for schemes that a transport answers itself. */
function getOf({ transports, http }: CheckParts): HttpGet {
  return (url, options) => {
    const own = transports.find(({ schemes, get }) => get && schemes.includes(url.slice(0, url.indexOf(':'))))
    return own?.get ? own.get(url, options) : http(url, options)
  }
}

const since = (from: number, { clock }: CheckParts): string => `${Math.round(clock.mono() - from)} ms`
