import type { UniformEvent } from '../../src-main/engine/tape/uniform/event'

type Level = Extract<UniformEvent, { k: 'book' }>['levels'][number]

/** Unix ms of the first event. */
export const uniformStart = 1_700_000_000_000
export const uniformId = 'paper:BTC-USD'

const micros = (at: number): string => String(at * 1_000)

/**
 * A market of so many seconds in uniform events: ten levels a side around 100.0, a book change each 100 ms that moves the first bid's size between 1 and 9 lots
 * in the rhythm of ten seconds, and a trade a second.
 */
export function uniformMarket(seconds: number): readonly UniformEvent[] {
  const events: UniformEvent[] = []
  const head = (at: number) => ({ i: uniformId, at: micros(at), t: micros(at) })
  const levels: Level[] = Array.from({ length: 10 }, (_, n): Level[] => [
    ['bid', (100 - n * 0.5).toFixed(1), '5'],
    ['ask', (100.5 + n * 0.5).toFixed(1), '5']
  ]).flat()
  events.push({ k: 'book', ...head(uniformStart), snapshot: true, levels })
  for (let n = 1; n <= seconds * 10; n++) {
    const at = uniformStart + n * 100
    const size = String(1 + Math.round(4 + 4 * Math.sin((n / 100) * 2 * Math.PI)))
    events.push({ k: 'book', ...head(at), snapshot: false, levels: [['bid', '100.0', size]] })
    const side = n % 20 === 0 ? 'buy' : 'sell'
    const [price, id] = [side === 'buy' ? '100.5' : '100.0', String(n)]
    if (n % 10 === 0) events.push({ k: 'trade', ...head(at), id, side, price, size: '1' })
  }
  return events
}

export const linesOf = (events: readonly UniformEvent[]): string =>
  events.map((event) => JSON.stringify(event) + '\n').join('')
