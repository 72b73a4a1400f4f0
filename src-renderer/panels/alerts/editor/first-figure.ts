import type {
  BandCondition,
  Condition,
  FigureCondition,
  FlipCondition
} from '../../../../src-shared/alerts/condition'

/** The figure that leads a condition, and where it is: the first that there is, as the engine takes it. */
export interface FirstFigure {
  readonly path: string
  readonly leaf: FigureCondition | BandCondition | FlipCondition
}

export function firstFigure(it: Condition, path = 'when'): FirstFigure | undefined {
  switch (it.kind) {
    case 'figure':
    case 'band':
    case 'flip':
      return { path, leaf: it }
    case 'all':
    case 'any':
      for (const [place, part] of it.of.entries()) {
        const found = firstFigure(part, `${path}.of.${place}`)
        if (found) return found
      }
      return undefined
    case 'not':
      return firstFigure(it.of, `${path}.of`)
    case 'among':
    case 'repeated':
      return firstFigure(it.when, `${path}.when`)
    case 'sequence':
      return firstFigure(it.first, `${path}.first`) ?? firstFigure(it.then, `${path}.then`)
    case 'divergence':
      return firstFigure(it.when, `${path}.when`) ?? firstFigure(it.from, `${path}.from`)
    default:
      return undefined
  }
}
