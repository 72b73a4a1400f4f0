import type { Panel } from '../panel'
import Venues from './Venues.svelte'

export const venues: Panel = {
  id: 'venues',
  title: 'Venue health',
  explains: 'Every connection: what it proves, how late it is, what went wrong and when it is tried again.',
  ofInstrument: false,
  component: Venues
}
