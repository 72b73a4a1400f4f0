import type { StandingLevels } from '../../../src-shared/alerts/record'
import type { InstrumentId } from '../../../src-shared/instrument'
import { FigureLeaf } from '../alerts/leaves/figure'
import type { Watch } from '../alerts/watch'

/** Of the rules on an instrument that hold one figure against its own history. */
export function standingLevels(watches: readonly Watch[], instrument: InstrumentId): StandingLevels[] {
  return watches.flatMap(({ rule, sight, halves }) => {
    if (sight.id !== instrument) return []
    return halves.flatMap(({ node, side, isOver }) => {
      if (isOver || !(node instanceof FigureLeaf) || !node.isMoving) return []
      const { sign, on, off, learned, scale } = node
      return [{ rule: rule.id, side, on: sign * on, off: sign * off, learned, scale }]
    })
  })
}
