import type { Panel } from '../panel'
import Forecast from './Forecast.svelte'

export const forecast: Panel = {
  id: 'forecast',
  title: 'Forecast',
  explains: 'Where the mid goes next, how far that may be believed, and what it is worth after costs.',
  ofInstrument: true,
  component: Forecast
}
