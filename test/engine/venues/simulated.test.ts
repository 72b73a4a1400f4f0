import { describe, expect, it, test } from 'vitest'
import { Changes } from '../../../src-main/engine/book/changes'
import { presets } from '../../../src-main/engine/market/presets'
import { SimulatedMarket } from '../../../src-main/engine/market/simulated-market'
import { simulated } from '../../../src-main/engine/venues/simulated/index'
import { millis } from '../../../src-shared/units'
import { expectCutsUnheard, expectMutationsHarmless } from '../../support/frame-fuzz'
import { asked, bytesOf, RecordingSink } from '../../support/recording-sink'

const snap =
  '{"ch":"book","type":"snap","i":"BTC-PERP","at":5,"id":5120,"bids":[["61800.2","2.909"]],"asks":[["61800.3","0.412"]]}'
const diff =
  '{"ch":"book","type":"diff","i":"BTC-PERP","at":6,"first":5121,"last":5188,"prev":5120,"bids":[["61800.2","0.000"]],"asks":[]}'
const quote =
  '{"ch":"quote","i":"BTC-PERP","at":6,"id":5133,"b":"61800.2","B":"2.909","a":"61800.3","A":"0.412"}'
const trade = '{"ch":"trade","i":"BTC-PERP","at":6,"id":88,"p":"61800.3","q":"0.021","aggressor":"buy"}'
const mark =
  '{"ch":"mark","i":"BTC-PERP","at":6,"mark":"61799.120000","index":"61822.000000","funding":"-0.00030000","next":9,"oi":"64724919.000"}'
const liquidation = '{"ch":"liquidation","i":"BTC-PERP","at":6,"p":"61790.0","q":"3.100","aggressor":"sell"}'

function reading(frame: string) {
  const sink = new RecordingSink(simulated, 'BTC-PERP')
  return { answer: simulated.reader().read(bytesOf(frame), sink), heard: sink.heard }
}
const changes = (fields: Partial<Changes>) => Object.assign(new Changes(), fields)

describe('the simulated venue', () => {
  it('takes a snapshot in-band', () => {
    expect(reading(snap).heard).toMatchObject([
      { isSnapshot: true, complete: true, last: 5120, bids: [[618002, 2909]], asks: [[618003, 412]] }
    ])
  })

  it('takes changes that say what they follow', () => {
    expect(reading(diff).heard).toMatchObject([
      { isSnapshot: false, first: 5121, last: 5188, previous: 5120, at: 6, bids: [[618002, 0]], asks: [] }
    ])
  })

  it('takes quotes, trades and marks', () => {
    expect(reading(quote).heard).toEqual([
      { bid: 618002, bidSize: 2909, ask: 618003, askSize: 412, sequence: 5133, at: 6 }
    ])
    expect(reading(trade).heard).toEqual([{ trade: 88, price: 618003, size: 21, aggressor: 1, at: 6 }])
    expect(reading(mark).heard).toEqual([
      { mark: 61799.12, index: 61822, funding: -0.0003, nextFundingAt: 9, openInterest: 64724919, at: 6 }
    ])
  })

  it('does not count a forced order, which is printed as trades too', () => {
    expect(reading(liquidation)).toEqual({ answer: 'taken', heard: [] })
  })

  it('leaves greetings, lists and signs of life to the ordinary door', () => {
    for (const frame of [
      '{"ch":"heartbeat","at":1}',
      '{"ch":"hello","at":1}',
      '{"ch":"instruments","list":[]}'
    ]) {
      expect(reading(frame).answer).toBe('ordinary')
      expect(simulated.reader().decode(frame)).toEqual([{ kind: 'ignored' }])
    }
    expect(simulated.reader().decode('{')[0]?.kind).toBe('malformed')
    expect(simulated.reader().decode('{}')[0]?.kind).toBe('malformed')
  })

  it('hears nothing of a frame with something behind it', () => {
    expect(reading(`${diff}{}`)).toEqual({ answer: 'malformed', heard: [] })
  })

  it('survives cuts and garbage', () => {
    const frames = [snap, diff, quote, trade, mark]
    for (const frame of frames) expectCutsUnheard(simulated, 'BTC-PERP', frame)
    expectMutationsHarmless(simulated, 'BTC-PERP', frames)
  })

  it('asks in its own words', () => {
    expect(simulated.legs[0]!.subscribe(['BTC-PERP'], 1)).toEqual(['{"op":"subscribe","i":["BTC-PERP"]}'])
    expect(simulated.snapshot.kind === 'in-band' && simulated.snapshot.request(['BTC-PERP'], 1)).toEqual([
      '{"op":"snapshot","i":["BTC-PERP"]}'
    ])
  })
})

describe("the simulated venue's instruments", () => {
  it('as listed are those that are guessed', () => {
    const frames: string[] = []
    new SimulatedMarket({ seed: 1, at: millis(0) }, (frame) => frames.push(frame)).hello()
    const listing = frames.find((frame) => frame.startsWith('{"ch":"instruments"'))
    const guessed = presets.map(({ symbol }) => simulated.catalogue.guess(symbol))
    expect(simulated.catalogue.read(listing!, asked)).toEqual({ instruments: guessed })
  })
})

describe("the simulated venue's sequence", () => {
  test.each([
    [100, 90, 'stale'],
    [105, 100, 'next'],
    [105, 99, 'gap'],
    [105, 101, 'gap']
  ])('what ends at %d and follows %d, after 100, is %s', (last, previous, answer) => {
    expect(simulated.sequence.joins(changes({ last, previous }), 100)).toBe(answer)
    expect(simulated.sequence.follows(changes({ last, previous }), 100)).toBe(answer)
  })
})
