import type { Panel } from '../panel'
import Alerts from './Alerts.svelte'
import AlertCard from './card/AlertCard.svelte'

export const alerts: Panel = {
  id: 'alerts',
  title: 'Alerts',
  explains: 'What the rules said, and the rules themselves.',
  ofInstrument: false,
  component: Alerts,
  overlay: AlertCard
}
