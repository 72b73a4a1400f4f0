import type { Dialect } from '../sim-venue/dialect'
import { SimVenue } from '../sim-venue/sim-venue'
import { VirtualClock } from '../sim-venue/virtual-clock'

/** The life of one line: what a venue says to begin with, answers to requests for snapshots, and what follows. */
export interface Episode {
  readonly begin: readonly string[]
  /** By symbol; empty where snapshots come in the stream. */
  readonly answers: ReadonlyMap<string, string>
  readonly frames: readonly string[]
}

const EPISODES = 24
const FRAMES = 30
/** Small books: what is fuzzed is reading and order, and each frame's books are compared level by level. */
const LEVELS = 12

/** Lines as a venue of this dialect would have them, one after the other over one truth. */
export function episodesOf(dialect: Dialect, seed: number): Episode[] {
  const clock = new VirtualClock()
  const sim = new SimVenue({ dialect, clock, seed, paceMs: Infinity, levels: LEVELS })
  return Array.from({ length: EPISODES }, () => episodeOf(dialect, sim, clock))
}

function episodeOf({ venue, listings }: Dialect, sim: SimVenue, clock: VirtualClock): Episode {
  const { endpoints } = venue.spec
  const leg = venue.legs.find(({ carriesBook }) => carriesBook)!
  const symbols = listings.map(({ symbol }) => symbol)
  const heard: string[] = []
  const line = sim.connect(leg.url(endpoints), (text) => heard.push(text))
  for (const text of leg.hello ?? []) line.hear(text)
  for (const text of leg.subscribe(symbols, 1)) line.hear(text)
  const begin = heard.splice(0)
  const answers = new Map<string, string>()
  const { snapshot } = venue
  if (snapshot.kind === 'rest')
    for (const symbol of symbols)
      answers.set(symbol, sim.answer(snapshot.request(symbol, endpoints).url, undefined)!)
  for (let step = 0; step < FRAMES; step++) {
    clock.freeze(50)
    sim.advance(symbols[step % symbols.length]!)
  }
  line.close()
  return { begin, answers, frames: heard }
}
