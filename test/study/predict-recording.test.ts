import { rmSync } from 'node:fs'
import { afterEach, describe, expect, test } from 'vitest'
import { study } from '../../src-main/cli/study'
import { PeerMids } from '../../src-main/study/predict/peer-mids'
import { RecordingWalk } from '../../src-main/study/predict/recording-walk'
import type { Walk } from '../../src-main/study/predict/study'
import { millis } from '../../src-shared/units'
import { capturePath, haveCapture } from '../support/captures'
import type { SimulatedTape } from '../support/simulated-tape'
import { recordSimulated } from '../support/simulated-tape'
import { heldTerminal } from '../support/terminal'

const perpetual = 'sim:BTC-PERP'
const spot = 'sim:BTC-USDT'

const terminal = heldTerminal()

describe('a tape of two instruments of one coin', () => {
  let tape: SimulatedTape | undefined
  afterEach(() => {
    if (tape) rmSync(tape.folder, { recursive: true, force: true })
  })

  test('walked afterwards gives the forecast that was made live, the other’s lead included', async () => {
    const live = new RecordingWalk({ halfLifeMinutes: 45, window: 400_000 }, perpetual)
    tape = await recordSimulated([perpetual, spot], live)
    for (let second = 0; second < 30; second++) {
      await tape.clock.pass(1_000)
    }
    await tape.stop()
    expect([...live.instruments].sort()).toEqual(expect.arrayContaining([perpetual, spot]))
    expect(await study(['predict', tape.folder])).toBe(2)
    expect(terminal.complained).toContain(`${perpetual}, ${spot}: name one with --instrument`)
    expect(await study(['predict', tape.folder, '--instrument', perpetual, '--json'])).toBe(0)
    const walk = JSON.parse(terminal.said) as Walk
    expect(walk.instrument).toBe(perpetual)
    const states = walk.horizons.map(({ state }) => state)
    expect(states).toEqual(live.forecaster!.save())
    expect(walk.horizons[1]!.learned).toBeGreaterThan(50)
    // The lead has said something: its weight is not the start's.
    expect(states[0]!.weights[14]).not.toBe(0)
  })
})

const usdm = 'market/binance/usdm_btcusdt_20240808.gz'
const spotCapture = 'market/binance/spot_btcusdt_20240808.gz'

describe.skipIf(!haveCapture(usdm))('a capture beside one of the same coin elsewhere', () => {
  test('is told with and without what it heard there', { timeout: 120_000 }, async () => {
    const beside = ['--beside', capturePath(spotCapture)]
    expect(await study(['predict', capturePath(usdm), ...beside, '--json'])).toBe(0)
    const walk = JSON.parse(terminal.said) as Walk
    expect(walk.alone?.map(({ state }) => state.weights[14])).toEqual([0, 0, 0, 0])
    for (const { state } of walk.horizons) expect(state.weights[14]).not.toBe(0)
    expect(walk.horizons.map(({ n }) => n)).toEqual(walk.alone?.map(({ n }) => n))
  })
})

test('mids from elsewhere are told once each, up to the moment, in the order of time', () => {
  const instrument = (venue: string) => ({
    ...{ id: `${venue}:BTC`, venue, symbol: 'BTC', base: 'BTC', product: 'spot', simulated: false },
    price: { decimals: 0, step: 1 }
  })
  const mids = new PeerMids(instrument('a') as never)
  mids.onInstruments([instrument('b') as never])
  const tell = (at: number, bid: number) => {
    mids.onBook(
      'b:BTC',
      undefined as never,
      { last: NaN, touchAfter: { bid, ask: bid + 2 } } as never,
      millis(at)
    )
  }
  tell(20, 100)
  tell(10, 98)
  mids.sort()
  const heard: number[] = []
  const hear = (at: number) => {
    mids.hear(at, (_, mid) => heard.push(mid))
  }
  hear(9)
  expect(heard).toEqual([])
  hear(10)
  expect(heard).toEqual([99])
  hear(30)
  hear(30)
  expect(heard).toEqual([99, 101])
})
