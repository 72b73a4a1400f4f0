import type { Pane, Split } from '../../src-shared/layout'
import { shares } from '../state/layout-tree'

/** Room below which a tab group cannot be used, px. */
const leastWidth = 176
const leastHeight = 96

/** The least room of a pane along `direction`, px: kids beside each other add up, kids across it do not. */
export function leastOf(pane: Pane, direction: Split['direction']): number {
  if (pane.kind === 'tabs') return direction === 'row' ? leastWidth : leastHeight
  const kids = pane.kids.map((kid) => leastOf(kid, direction))
  return pane.direction === direction ? kids.reduce((sum, least) => sum + least, 0) : Math.max(...kids)
}

/** The least sizes of a split's kids in percent of `room` px; together never above 100. */
export function leastShares(split: Split, room: number): number[] {
  const least = split.kids.map((kid) => (leastOf(kid, split.direction) / Math.max(1, room)) * 100)
  const sum = least.reduce((total, size) => total + size, 0)
  return sum > 100 ? shares(least) : least
}
