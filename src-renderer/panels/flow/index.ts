import type { Panel } from '../panel'
import Flow from './Flow.svelte'

export const flow: Panel = {
  id: 'flow',
  title: 'Flow',
  explains:
    'CVD, order flow imbalance, rates by side and VPIN over time, above one another or one at a time.',
  ofInstrument: true,
  component: Flow
}
