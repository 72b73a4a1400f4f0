import type { Panel } from '../panel'
import Footprint from './Footprint.svelte'

export const footprint: Panel = {
  id: 'footprint',
  title: 'Footprint',
  explains:
    'What was sold into bids and bought from asks at each price and interval, with delta and imbalances.',
  ofInstrument: true,
  component: Footprint
}
