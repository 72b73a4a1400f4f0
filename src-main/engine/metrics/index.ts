import { depth } from './depth'
import { flow } from './flow'
import { imbalance } from './imbalance'
import type { Metric } from './metric'
import { price } from './price'
import { rate } from './rate'
import { spread } from './spread'

/** Every metric the engine computes; their fields make the columns of a sample row, in this order. */
export const metrics: readonly Metric[] = [price, spread, imbalance, depth, flow, rate]
