import type { Panel } from '../panel'
import Behind from './Behind.svelte'
import Scanner from './Scanner.svelte'

export const scanner: Panel = {
  id: 'scanner',
  title: 'Scanner',
  explains: 'What is most unusual now on the whole watchlist, each instrument held against its own history.',
  ofInstrument: false,
  component: Scanner,
  behind: Behind
}
