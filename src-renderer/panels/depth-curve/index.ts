import type { Panel } from '../panel'
import DepthCurve from './DepthCurve.svelte'

export const depthCurve: Panel = {
  id: 'depth-curve',
  title: 'Depth curve',
  explains:
    'Money resting within so many bps of the mid, against its own last hour, and by venue for groups.',
  ofInstrument: true,
  component: DepthCurve
}
