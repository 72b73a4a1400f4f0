import { alerts } from './alerts'
import { chart } from './chart'
import { depthCurve } from './depth-curve'
import { figures } from './figures'
import { flow } from './flow'
import { footprint } from './footprint'
import { forecast } from './forecast'
import { heatmap } from './heatmap'
import { imbalance } from './imbalance'
import { ladder } from './ladder'
import type { Panel } from './panel'
import { scanner } from './scanner'
import { trades } from './trades'
import { venues } from './venues'
import { watchlist } from './watchlist'

/** Every panel the window knows. Adding one is adding a line here. */
export const panels: readonly Panel[] = [
  watchlist,
  scanner,
  chart,
  heatmap,
  imbalance,
  flow,
  footprint,
  depthCurve,
  ladder,
  trades,
  figures,
  forecast,
  alerts,
  venues
]

export const panelOf = (id: string): Panel | undefined => panels.find((panel) => panel.id === id)
