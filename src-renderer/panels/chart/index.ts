import type { Panel } from '../panel'
import Chart from './Chart.svelte'

export const chart: Panel = {
  id: 'chart',
  title: 'Chart',
  explains: 'Mid, microprice and trades above the imbalance of the bands you choose.',
  ofInstrument: true,
  component: Chart
}
