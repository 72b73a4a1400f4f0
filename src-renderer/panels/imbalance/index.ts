import type { Panel } from '../panel'
import Imbalance from './Imbalance.svelte'

export const imbalance: Panel = {
  id: 'imbalance',
  title: 'Imbalance',
  explains: 'Up to four bands against their own P5 and P95, the levels of your alert rules, and the regime.',
  ofInstrument: true,
  component: Imbalance
}
