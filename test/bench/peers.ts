import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Contestant } from './pairs'
import type { Stream } from './stream'

/** Exactly these are measured. Nothing of the product or its tests uses them. */
const versions = { 'tardis-dev': '13.35.3', 'sorted-btree': '1.8.1', ccxt: '4.5.84' } as const
export type PeerName = keyof typeof versions
export const peerNames = Object.keys(versions) as readonly PeerName[]
export const peerTitle = (name: PeerName): string => `${name} ${versions[name]}`

/** A cache: git ignores it, and deleting it costs one download. */
const folder = join(process.cwd(), 'node_modules', '.cache', 'bench-peers')

/** Installs the peers into the bench's own folder, once; no script of theirs runs. @returns why they are not there, undefined when they are */
export function installPeers(): string | undefined {
  if (peerNames.every((name) => versionThere(name) === versions[name])) return undefined
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{"private":true}')
  console.log(`fetching ${peerNames.map(peerTitle).join(', ')} into ${folder}`)
  const wanted = peerNames.map((name) => `${name}@${versions[name]}`)
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--save-exact', '--no-package-lock']
  const { status, stderr, error } = spawnSync('npm', ['install', ...flags, ...wanted], {
    ...{ cwd: folder, encoding: 'utf8', timeout: 300_000 },
    shell: process.platform === 'win32'
  })
  if (status === 0) return undefined
  return `the peers could not be fetched (offline?): ${error?.message ?? stderr.trim().split('\n')[0] ?? 'npm failed'}`
}

function versionThere(name: PeerName): string | undefined {
  const file = join(folder, 'node_modules', name, 'package.json')
  if (!existsSync(file)) return undefined
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
}

type WireLevels = readonly (readonly [price: string, size: string])[]
interface WireDiff {
  readonly data: { readonly U: number; readonly u: number; readonly b: WireLevels; readonly a: WireLevels }
}
interface WireSnapshot {
  readonly lastUpdateId: number
  readonly bids: WireLevels
  readonly asks: WireLevels
}

/** A peer's book over a stream, by what its documentation tells to do. Its best quotes are held against ours. */
export interface Peer extends Contestant {
  touch(): { readonly bid: number; readonly ask: number }
}

const parsed = <Shape>(bytes: Buffer): Shape => JSON.parse(bytes.toString()) as Shape
/** The snapshot as a peer is given it: several streams' come wrapped, and it is not timed. */
const snapshotOf = ({ snapshot }: Stream): WireSnapshot => {
  const whole = parsed<WireSnapshot & { data?: WireSnapshot }>(snapshot)
  return whole.data ?? whole
}

export async function peerOf(name: PeerName, stream: Stream): Promise<Peer> {
  if (name === 'tardis-dev') return tardis(stream)
  if (name === 'sorted-btree') return btree(stream)
  return ccxt(stream)
}

interface TardisBook {
  update(change: unknown): void
  bestBid(): { price: number } | undefined
  bestAsk(): { price: number } | undefined
}
interface Tardis {
  normalizeBookChanges(
    exchange: string,
    at: Date
  ): { canHandle(message: unknown): boolean; map(message: unknown, at: Date): Iterable<unknown> }
  readonly OrderBook: new () => TardisBook
}

/** README, "Limit order book reconstruction": every change that `normalizeBookChanges` makes goes to `OrderBook.update`. */
function tardis(stream: Stream): Peer {
  const { normalizeBookChanges, OrderBook } = required('tardis-dev') as Tardis
  const exchange = stream.venue.spec.id === 'binance-spot' ? 'binance' : 'binance-futures'
  const at = new Date()
  let mapper = normalizeBookChanges(exchange, at)
  let book = new OrderBook()
  const take = (message: unknown): void => {
    if (!mapper.canHandle(message)) return
    for (const change of mapper.map(message, at)) book.update(change)
  }
  return {
    prepare() {
      mapper = normalizeBookChanges(exchange, at)
      book = new OrderBook()
      take({
        stream: `${stream.symbol.toLowerCase()}@depthSnapshot`,
        generated: true,
        data: snapshotOf(stream)
      })
    },
    run() {
      for (const bytes of stream.diffs) take(parsed(bytes))
    },
    touch: () => ({ bid: book.bestBid()?.price ?? NaN, ask: book.bestAsk()?.price ?? NaN })
  }
}

interface Tree {
  set(key: number, value: number): void
  delete(key: number): void
  minKey(): number | undefined
  maxKey(): number | undefined
}

/** README: a map sorted by its keys, with the comparison for numbers that it recommends. */
function btree(stream: Stream): Peer {
  const { default: BTree } = required('sorted-btree') as {
    default: new (
      entries: readonly (readonly [number, number])[],
      compare: (a: number, b: number) => number
    ) => Tree
  }
  const grown = (levels: WireLevels): Tree =>
    new BTree(levels.map(([price, size]) => [Number(price), Number(size)]), (one, other) => one - other) // prettier-ignore
  let bids = grown([])
  let asks = grown([])
  let last = NaN
  const take = (tree: Tree, levels: WireLevels): void => {
    for (const [price, size] of levels) {
      if (Number(size) === 0) tree.delete(Number(price))
      else tree.set(Number(price), Number(size))
    }
  }
  return {
    prepare() {
      const snapshot = snapshotOf(stream)
      bids = grown(snapshot.bids)
      asks = grown(snapshot.asks)
      last = snapshot.lastUpdateId
    },
    run() {
      for (const bytes of stream.diffs) {
        const { data } = parsed<WireDiff>(bytes)
        if (data.u <= last) continue
        take(bids, data.b)
        take(asks, data.a)
        last = data.u
      }
    },
    touch: () => ({ bid: bids.maxKey() ?? NaN, ask: asks.minKey() ?? NaN })
  }
}

interface CcxtBook {
  readonly bids: readonly (readonly [number, number])[]
  readonly asks: readonly (readonly [number, number])[]
  nonce: number
}
interface Ccxt {
  orderBook(snapshot: object): CcxtBook
  parseOrderBook(book: object, symbol: string): object
  handleOrderBookMessage(client: undefined, message: unknown, book: CcxtBook): void
}

/** What `watchOrderBook` of ccxt.pro does with a depth message once its socket has parsed it: the exchange's own handler, without the socket. */
async function ccxt(stream: Stream): Promise<Peer> {
  const entry = pathToFileURL(join(folder, 'node_modules', 'ccxt', 'js', 'ccxt.js')).href
  const { pro } = (await import(entry)) as { pro: Record<'binance' | 'binanceusdm', new () => Ccxt> }
  const exchange = new pro[stream.venue.spec.id === 'binance-spot' ? 'binance' : 'binanceusdm']()
  let book = exchange.orderBook({})
  return {
    prepare() {
      const snapshot = snapshotOf(stream)
      book = exchange.orderBook(exchange.parseOrderBook(snapshot, 'BTC/USDT'))
      book.nonce = snapshot.lastUpdateId
    },
    run() {
      for (const bytes of stream.diffs) {
        const { data } = parsed<WireDiff>(bytes)
        if (data.u > book.nonce) exchange.handleOrderBookMessage(undefined, data, book)
      }
    },
    touch: () => ({ bid: book.bids[0]?.[0] ?? NaN, ask: book.asks[0]?.[0] ?? NaN })
  }
}

const required = (name: PeerName): unknown => createRequire(join(folder, 'package.json'))(name)
