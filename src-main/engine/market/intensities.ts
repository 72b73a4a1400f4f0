import { hTicks } from './moves'
import type { Pit } from './pit'

/** What may happen next in a pit, in the order of `pit.rates`. */
export const BID_JOIN = 0
export const ASK_JOIN = 1
export const BID_CANCEL = 2
export const ASK_CANCEL = 3
export const PARENT = 4
export const INFORMED = 5
export const LADDER = 6
export const GAP = 7

/** The pull is kept within so many h. */
const PULL_MOST = 2.5

/**
 * Sets the pull and the eight rates per second as they are now; answers their sum. Queue-reactive (Huang, Lehalle and
 * Rosenbaum 2015): a long queue attracts fewer joiners and loses more members. While fair value drifts away from the
 * anchor the threatened queue thins: that is why imbalance leads the price.
 */
export function weigh(pit: Pit): number {
  const { preset, ladder, mood, rates } = pit
  if (mood.isQuiet) return 0
  pit.pull = pullOf(pit)
  const { activity, depth } = pit.around.regimes
  const usual = (preset.touchMean * depth) / pit.baseOfLot
  const bid = ladder.at(ladder.bid) / usual
  const ask = ladder.at(ladder.ask) / usual
  const join = Math.exp(preset.leanJoin * pit.pull)
  const cancel = Math.exp(preset.leanCancel * pit.pull)
  rates[BID_JOIN] = (activity * preset.joinRate * join * mood.bidDepth) / (1 + (bid * bid) / 9)
  rates[ASK_JOIN] = ((activity * preset.joinRate) / join) * (mood.askDepth / (1 + (ask * ask) / 9))
  rates[BID_CANCEL] = (activity * preset.cancelRate * Math.min(4, 0.15 + bid)) / cancel
  rates[ASK_CANCEL] = activity * preset.cancelRate * Math.min(4, 0.15 + ask) * cancel
  rates[PARENT] = activity * preset.takeRate
  rates[INFORMED] =
    preset.informedRate * (Math.exp(preset.leanTake * Math.abs(pit.pull)) - 1) * Math.sqrt(activity)
  rates[LADDER] = activity * preset.ladderRate
  rates[GAP] = gapRate(pit)
  let sum = 0
  for (let i = 0; i < rates.length; i++) sum += rates[i]!
  return sum
}

/** Fair value pulls the quotes towards it, and so does the anchor where the touch has strayed from it. */
function pullOf(pit: Pit): number {
  const h = hTicks(pit)
  const strayed = pit.anchor - pit.ladder.mid
  const home = Math.abs(strayed) > pit.preset.spreadTicks ? (2 * strayed) / h : 0
  const fair = pit.mood.isPinned ? 0 : (pit.fair - pit.anchor) / h
  return Math.min(PULL_MOST, Math.max(-PULL_MOST, fair + home))
}

/** A spread of one tick has nothing to close; where a wide one is usual, the wider the sooner. */
function gapRate(pit: Pit): number {
  const { preset, ladder, mood } = pit
  const spread = ladder.ask - ladder.bid
  if (spread <= 1) return 0
  const wide = preset.spreadTicks > 1 ? Math.min(4, Math.pow((spread - 1) / preset.spreadTicks, 2)) : 1
  return preset.gapFillRate * wide * (mood.isShy ? 0.02 : 1)
}
