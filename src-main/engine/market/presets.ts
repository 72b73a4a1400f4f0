import type { Preset, Step } from './preset'

const step = (text: string): Step => ({ text, decimals: text.split('.')[1]?.length ?? 0 })

/** Made-up venues. */
const NORTH = 'northmoor'
const SOUTH = 'southwater'

/** In the rhythm of Binance BTCUSDT USD-M on 2024-08-08. */
const btcPerp: Preset = {
  ...{ symbol: 'BTC-PERP', venue: NORTH, asset: 'BTC', kind: 'linear', quote: 'USD' },
  ...{ tick: step('0.1'), lot: step('0.001'), contract: 1, bits: 17, depthMs: 100, depthPhaseMs: 0 },
  ...{ lagMs: 0, basisBps: -3.7, noiseBps: 0.22, noiseTauS: 1.6, impactBps: 0.1, impactTauS: 6 },
  ...{ hBps: 1.95, overshoot: 0.15, breakShare: 0.5, sweepShare: 0.5, sweepFirst: 0.75, sweepSize: 0.6 },
  ...{ followShare: 0.97, followAt: 0.3, retreatMs: 2.5, reactMs: 15, chasers: 2.5, pullLevels: 28 },
  ...{ leanJoin: 2.2, leanCancel: 2.2, leanTake: 1.4, leanFresh: 0.3 },
  ...{ joinRate: 52, cancelRate: 38, touchMean: 4, joinMedian: 0.025, joinSd: 2 },
  ...{ takeRate: 9, informedRate: 0.9, takeMedian: 0.022, takeSd: 2.4, fillMedian: 0.035, fillSd: 2.2 },
  ...{ parents: 4, parentLeast: 4, parentExponent: 1.5, childShare: 0.25, childBeta: 70, childSame: 0.6 },
  ...{ spreadTicks: 1, gapFillRate: 900, jumpShare: 0.95, freshShare: 0.12 },
  ...{ ladderRate: 560, distanceMedianBps: 6.5, distanceSd: 2.05 },
  ...{ gap: [4, 2.2], want: [4, 0.12], gapDecayBps: 1.5, gapFlatBps: 18 },
  ...{ usdPerBps10: 1.5e6, depthGamma: 1.6, depthKneeBps: 20, depthTail: 0.5, levelSd: 1.6 },
  ...{ flicker: 0.38, burstPerBps: 330, roundEvery: 10 }
}

/** In the rhythm of Binance BTCUSDT spot. */
const btcSpot: Preset = {
  ...btcPerp,
  ...{ symbol: 'BTC-USDT', kind: 'spot', quote: 'USDT', tick: step('0.01'), lot: step('0.00001') },
  ...{ bits: 19, depthPhaseMs: 17, lagMs: 60, basisBps: 0, hBps: 2.3, followAt: 0.35, retreatMs: 6 },
  ...{ sweepShare: 0.35, sweepFirst: 0.45, sweepSize: 0.4, chasers: 1.2, pullLevels: 24 },
  ...{ joinRate: 22, cancelRate: 19, touchMean: 1.3, joinMedian: 0.015 },
  ...{ takeRate: 4.6, informedRate: 0.6, takeMedian: 0.002, fillMedian: 0.009, fillSd: 2.5 },
  ...{ parents: 3, childSame: 0.7, ladderRate: 150, distanceMedianBps: 4.5 },
  ...{ gap: [20, 22], want: [1.5, 0.9], gapFlatBps: 10 },
  ...{ usdPerBps10: 2.6e5, depthGamma: 1, depthKneeBps: 12, depthTail: 1 },
  ...{ burstPerBps: 150, roundEvery: 100 }
}

/** In the rhythm of Binance BTCUSD COIN-M. */
const btcInverse: Preset = {
  ...btcPerp,
  ...{ symbol: 'BTC-INV', kind: 'inverse', lot: step('1'), contract: 100, depthPhaseMs: 33 },
  ...{ lagMs: 40, basisBps: -2.7, hBps: 2.5, followAt: 0.4 },
  ...{ sweepShare: 0.35, sweepFirst: 0.35, sweepSize: 0.35, chasers: 0.3 },
  ...{ joinRate: 15, cancelRate: 13, touchMean: 1.6, joinMedian: 0.015 },
  ...{ takeRate: 0.75, informedRate: 0.2, takeMedian: 0.012, fillMedian: 0.03 },
  ...{ parents: 2, childSame: 0.9, ladderRate: 330, distanceMedianBps: 5 },
  ...{ gap: [8, 3.2], want: [5, 0.6], gapFlatBps: 12 },
  ...{ usdPerBps10: 4.5e5, depthGamma: 1.2, depthTail: 1 }
}

/** In the rhythm of Binance ETHUSDT spot, on a second venue. */
const ethSpot: Preset = {
  ...btcPerp,
  ...{ symbol: 'ETH-USDT', venue: SOUTH, asset: 'ETH', kind: 'spot', quote: 'USDT' },
  ...{ tick: step('0.01'), lot: step('0.0001'), bits: 16, depthPhaseMs: 50 },
  ...{ lagMs: 90, basisBps: 0, impactBps: 0.2, hBps: 1.7, sweepShare: 0.4, retreatMs: 6, chasers: 0.7 },
  ...{ joinRate: 22, cancelRate: 17, touchMean: 6.5, joinMedian: 0.12 },
  ...{ takeRate: 3, informedRate: 0.35, takeMedian: 0.03, takeSd: 2.3, fillMedian: 0.12, fillSd: 2.4 },
  ...{ parents: 2, childShare: 0.35, childSame: 0.85, ladderRate: 140, distanceMedianBps: 4.5 },
  ...{ gap: [3, 2], want: [2, 0.5], gapFlatBps: 8 },
  ...{ usdPerBps10: 1.6e5, depthGamma: 1.15, depthKneeBps: 15, depthTail: 1, burstPerBps: 150 }
}

/** Small tick: the spread is a dozen ticks wide, queues are single orders, imbalance says little. No capture behind it. */
const solSpot: Preset = {
  ...btcPerp,
  ...{ symbol: 'SOL-USDT', venue: SOUTH, asset: 'SOL', kind: 'spot', quote: 'USDT' },
  ...{ tick: step('0.001'), lot: step('0.01'), bits: 15, depthPhaseMs: 67 },
  ...{ lagMs: 120, basisBps: 0, noiseBps: 0.2, noiseTauS: 1, impactBps: 0.25, impactTauS: 8 },
  ...{ hBps: 0.5, overshoot: 0.3, breakShare: 0.1, sweepShare: 0.4, sweepFirst: 0.2 },
  ...{ retreatMs: 15, reactMs: 40, chasers: 0.05, pullLevels: 3 },
  ...{ leanJoin: 0.8, leanCancel: 0.6, leanTake: 0.6, leanFresh: 0.9 },
  ...{ joinRate: 1.2, cancelRate: 2.2, touchMean: 25, joinMedian: 8, joinSd: 1 },
  ...{ takeRate: 0.7, informedRate: 0.35, takeMedian: 5, takeSd: 1.6, fillMedian: 8, fillSd: 1.2 },
  ...{ parents: 3, childSame: 0.8, spreadTicks: 9, gapFillRate: 4.5, jumpShare: 0.5, freshShare: 0.8 },
  ...{ ladderRate: 60, distanceMedianBps: 6, distanceSd: 1.4, gap: [4, 3], want: [0.8, 0.8], gapFlatBps: 15 },
  ...{ usdPerBps10: 3e4, depthGamma: 1.2, depthKneeBps: 40, depthTail: 1, burstPerBps: 20 }
}

/** Large tick: one tick is about a basis point, queues are long and old, the spread is always one. No capture behind it. */
const dogePerp: Preset = {
  ...btcPerp,
  ...{ symbol: 'DOGE-PERP', venue: SOUTH, asset: 'DOGE', tick: step('0.00001'), lot: step('1') },
  ...{ bits: 12, depthPhaseMs: 83, lagMs: 70, basisBps: 1, noiseBps: 0.3, impactBps: 0.12 },
  ...{ hBps: 1.3, sweepShare: 0.7, retreatMs: 8, reactMs: 25, chasers: 1.5, pullLevels: 2 },
  ...{ leanJoin: 2.8, leanCancel: 2.8 },
  ...{ joinRate: 30, cancelRate: 26, touchMean: 550_000, joinMedian: 5000, joinSd: 1.7 },
  ...{ takeRate: 2.2, informedRate: 0.5, takeMedian: 1800, takeSd: 2.1, fillMedian: 4000, fillSd: 1.8 },
  ...{ parents: 3, childSame: 0.75, freshShare: 0.3, ladderRate: 90, distanceMedianBps: 8, distanceSd: 1.3 },
  ...{ gap: [1, 1], want: [0.05, 0.05], gapFlatBps: 60 },
  ...{ usdPerBps10: 9e4, depthGamma: 1.05, depthKneeBps: 60, depthTail: 1, levelSd: 0.9, burstPerBps: 25 }
}

/** In the order of the wire's instruments list. */
export const presets: readonly Preset[] = [btcPerp, btcSpot, btcInverse, ethSpot, solSpot, dogePerp]
