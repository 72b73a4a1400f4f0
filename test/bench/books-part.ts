import { engineOf, touchOf } from './engine'
import { cpuOf } from './pairs'
import { alternated, ratioOf } from './pairs-of-many'
import { installPeers, type Peer, type PeerName, peerNames, peerOf, peerTitle } from './peers'
import type { Row } from './report'
import type { Stream } from './stream'

const rounds = 9
/** One measurement of ours lasts about this long, ms of CPU. */
const measurementMs = 150
/** How many times our cost a peer is to be, on Node. */
const goals: Readonly<Record<PeerName, number>> = { 'tardis-dev': 12, 'sorted-btree': 8, ccxt: 20 }

const isElectron = process.versions['electron'] !== undefined

/** What other books of the npm world cost over ours, all alternating in one process, from the socket's bytes to a book. */
export async function booksRows(streams: readonly Stream[]): Promise<Row[]> {
  const absent = installPeers()
  if (absent !== undefined) {
    console.log(`books: ${absent}; nothing was measured`)
    return []
  }
  const rows: Row[] = []
  for (const stream of streams) rows.push(...(await rowsOf(stream)))
  return rows
}

async function rowsOf(stream: Stream): Promise<Row[]> {
  const peers: (readonly [PeerName, Peer])[] = []
  for (const name of peerNames) {
    try {
      peers.push([name, await peerOf(name, stream)])
    } catch (error) {
      console.log(`books: ${peerTitle(name)} does not load here: ${String(error).slice(0, 120)}`)
    }
  }
  const ours = engineOf(stream, 'ladder', false)
  ours.prepare()
  ours.run()
  const repeats = Math.max(1, Math.ceil(measurementMs / cpuOf(ours, 1)))
  const measured = alternated([ours, ...peers.map(([, peer]) => peer)], rounds, [
    repeats,
    ...peers.map(() => 1)
  ])
  return peers.map(([name, peer], place) => {
    const { median, range } = ratioOf(measured, place + 1, 0)
    const goal = isElectron ? NaN : goals[name]
    const row = { part: 'books', what: peerTitle(name), on: stream.name, figure: median, unit: 'times the ladder' }
    return { ...row, range, goal, isLeast: true, note: sameTouch(stream, peer) }
  }) // prettier-ignore
}

/** Whether the peer ended at our best quotes: its figure says something only if it kept the same book. */
function sameTouch(stream: Stream, peer: Peer): string {
  const own = touchOf(stream)
  const { bid, ask } = peer.touch()
  return Math.abs(bid - own.bid) < 1e-9 && Math.abs(ask - own.ask) < 1e-9
    ? ''
    : `ended at ${bid} / ${ask}, not at ${own.bid} / ${own.ask}`
}
