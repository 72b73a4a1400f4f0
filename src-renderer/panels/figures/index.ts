import type { Panel } from '../panel'
import Figures from './Figures.svelte'

export const figures: Panel = {
  id: 'figures',
  title: 'Figures',
  explains:
    'Every figure the engine computes for one instrument, with what it is, and its table where it has one.',
  ofInstrument: true,
  component: Figures
}
