import type { Panel } from '../panel'
import Ladder from './Ladder.svelte'

export const ladder: Panel = {
  id: 'ladder',
  title: 'Ladder',
  explains: 'Resting sizes by price around the mid, with their sums and what traded.',
  ofInstrument: true,
  component: Ladder
}
