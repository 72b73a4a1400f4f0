import type { Panel } from '../panel'
import Behind from './Behind.svelte'
import Heatmap from './Heatmap.svelte'

export const heatmap: Panel = {
  id: 'heatmap',
  title: 'Depth',
  explains: 'Resting size per price over time, as watched by this window, with trades, mid and microprice.',
  ofInstrument: true,
  component: Heatmap,
  behind: Behind
}
