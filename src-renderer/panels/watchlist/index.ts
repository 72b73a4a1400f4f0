import type { Panel } from '../panel'
import Watchlist from './Watchlist.svelte'

export const watchlist: Panel = {
  id: 'watchlist',
  title: 'Watchlist',
  explains: 'Your instruments side by side: mid, spread, imbalance, and why a book is not live.',
  ofInstrument: false,
  component: Watchlist
}
