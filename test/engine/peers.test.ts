import { describe, expect, test } from 'vitest'
import { Peers } from '../../src-main/engine/peers'
import type { Instrument } from '../../src-shared/instrument'
import { millis } from '../../src-shared/units'
import { changesOf, plainInstrument } from '../support/hand-book'

const heard: string[] = []
const listener = (id: string, change: Partial<Instrument> = {}) => ({
  id,
  instrument: { ...plainInstrument, id, base: 'BTC', simulated: false, ...change },
  onPeer(peer: string, mid: number) {
    heard.push(`${id} hears ${peer} at ${mid}`)
  }
})
const at = millis(1_000)
const touch = (bid: number, last: number) => {
  const changes = changesOf([[bid, 1]], [[bid + 2, 1]], { last })
  Object.assign(changes.touchAfter, { bid, bidSize: 1, ask: bid + 2, askSize: 1 })
  return changes
}
const quote = (bid: number, sequence: number) => ({ bid, bidSize: 1, ask: bid + 2, askSize: 1, at, sequence })
const said = () => heard.splice(0)

describe('instruments of one base', () => {
  test('hear each other’s mids when they move, and of nobody else', () => {
    const peers = new Peers()
    const eth = listener('a:ETH', { base: 'ETH' })
    const option = listener('a:OPT', { product: 'option' })
    const toy = listener('sim:BTC', { simulated: true })
    const sum = listener('sum', { members: ['a:BTC', 'b:BTC'] })
    peers.arrange([listener('a:BTC'), listener('b:BTC'), eth, option, toy, sum], at)
    peers.onBook('a:BTC', touch(99, 1), at)
    peers.onBook('a:BTC', touch(99, 2), at)
    peers.onBook('a:ETH', touch(50, 1), at)
    peers.onBook('sim:BTC', touch(70, 1), at)
    expect(said()).toEqual(['b:BTC hears a:BTC at 100'])
  })

  test('hear a quote that is ahead of the book, and not the book that comes after it', () => {
    const peers = new Peers()
    peers.arrange([listener('a:BTC'), listener('b:BTC')], at)
    peers.onBook('a:BTC', touch(99, 10), at)
    peers.onQuote('a:BTC', quote(101, 15), at)
    peers.onBook('a:BTC', touch(100, 12), at)
    peers.onQuote('a:BTC', quote(90, 3), at)
    expect(said()).toEqual(['b:BTC hears a:BTC at 100', 'b:BTC hears a:BTC at 102'])
  })

  test('are told when a mid is lost: by a gap, or because nobody watches it any more', () => {
    const peers = new Peers()
    const [one, other] = [listener('a:BTC'), listener('b:BTC')]
    peers.arrange([one, other], at)
    peers.onBook('a:BTC', touch(99, 1), at)
    peers.onGap('a:BTC', at)
    peers.arrange([other], at)
    expect(said().slice(1)).toEqual(['b:BTC hears a:BTC at NaN', 'b:BTC hears a:BTC at NaN'])
  })

  test('F41: hear no mid of one that is over half a second late, and its next one in time', () => {
    const peers = new Peers()
    peers.arrange([listener('a:BTC'), listener('b:BTC')], at)
    peers.onBook('a:BTC', touch(99, 1), at)
    peers.onSkewed('a:BTC', true, at)
    peers.onBook('a:BTC', touch(89, 2), at)
    peers.onQuote('a:BTC', quote(91, 3), at)
    expect(said()).toEqual(['b:BTC hears a:BTC at 100', 'b:BTC hears a:BTC at NaN'])
    peers.onSkewed('a:BTC', false, at)
    peers.onBook('a:BTC', touch(79, 4), at)
    expect(said()).toEqual(['b:BTC hears a:BTC at 80'])
  })
})
