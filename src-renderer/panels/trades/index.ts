import type { Panel } from '../panel'
import Trades from './Trades.svelte'

export const trades: Panel = {
  id: 'trades',
  title: 'Trades',
  explains:
    'Every trade as it is printed: time, price, size, and whether it was a block, a liquidation or the like.',
  ofInstrument: true,
  component: Trades
}
