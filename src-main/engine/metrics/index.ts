import { delta } from './delta'
import { depth } from './depth'
import { flow } from './flow'
import { flowReading } from './flow-reading'
import { flowVelocity } from './flow-velocity'
import { forecast } from './forecast'
import { imbalance } from './imbalance'
import { imbalanceDynamics } from './imbalance-dynamics'
import { imbalanceResting } from './imbalance-resting'
import { imbalanceUsual } from './imbalance-usual'
import { liquidity } from './liquidity'
import type { Metric } from './metric'
import { microprice } from './microprice'
import { ofi } from './ofi'
import { price } from './price'
import { rate } from './rate'
import { spread } from './spread'
import { spreads } from './spreads'
import { tfi } from './tfi'
import { tradeFrequency } from './trade-frequency'
import { tradeGaps } from './trade-gaps'
import { usual } from './usual'
import { vpin } from './vpin'
import { vwap } from './vwap'

/** Every metric the engine computes; their fields make the columns of a sample row, in this order. */
export const metrics: readonly Metric[] = [
  price,
  spread,
  imbalance,
  depth,
  flow,
  rate,
  imbalanceDynamics,
  imbalanceUsual,
  imbalanceResting,
  ofi,
  tfi,
  microprice,
  spreads,
  liquidity,
  forecast,
  vwap,
  vpin,
  delta,
  tradeFrequency,
  tradeGaps,
  flowVelocity,
  flowReading,
  usual
]
