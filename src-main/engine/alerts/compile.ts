import type {
  BandCondition,
  Condition,
  FigureCondition,
  FlipCondition,
  Leaf
} from '../../../src-shared/alerts/condition'
import type { AlertSide } from '../../../src-shared/alert'
import type { InstrumentId } from '../../../src-shared/instrument'
import { All, AtLeast, Divergence, Not, Repeated, Sequence } from './composites'
import type { Figures } from './figures'
import { BandLeaf } from './leaves/band'
import type { FigureParts } from './leaves/figure'
import { FigureLeaf } from './leaves/figure'
import { FlipLeaf } from './leaves/flip'
import { DataLeaf, EventLeaf, SilenceLeaf } from './leaves/watching'
import type { Node } from './node'

/** Whose condition it is. */
export interface Site {
  readonly figures: Figures
  readonly instrument: InstrumentId
  readonly side: AlertSide
  readonly staleMs: number
  /** The rule's whole watchlist, for places in it. */
  readonly scope: readonly InstrumentId[]
  /** Counts the samples. */
  readonly tick: { readonly count: number }
  /** Sees every part of the condition as it is made, by its place in it: `when.of.0`. */
  readonly tap?: Tap
  readonly path?: string
}

/** Answers what takes the node's place; what it answers must pass its level on. */
export type Tap = (path: string, condition: Condition, node: Node, site: Site) => Node

/** A condition at work on one side of one instrument. */
export function compile(condition: Condition, site: Site): Node {
  const node = made(condition, site)
  return site.tap ? site.tap(site.path ?? 'when', condition, node, site) : node
}

function made(condition: Condition, site: Site): Node {
  const at = (place: string): Site => (site.tap ? { ...site, path: `${site.path ?? 'when'}.${place}` } : site)
  const inner = (it: Condition, place: string): Node => compile(it, at(place))
  switch (condition.kind) {
    case 'all':
      return new All(condition.of.map((it, place) => inner(it, `of.${place}`)))
    case 'any':
      return new AtLeast(
        condition.of.map((it, place) => inner(it, `of.${place}`)),
        1
      )
    case 'not':
      return new Not([inner(condition.of, 'of')])
    case 'among': {
      const parts = condition.instruments.map((instrument) =>
        compile(condition.when, { ...at('when'), instrument })
      )
      return new AtLeast(parts, condition.atLeast)
    }
    case 'sequence':
      return new Sequence(inner(condition.first, 'first'), inner(condition.then, 'then'), condition.withinMs)
    case 'repeated':
      return new Repeated(inner(condition.when, 'when'), condition.atLeast, condition.withinMs)
    case 'divergence':
      return new Divergence(inner(condition.when, 'when'), inner(condition.from, 'from'), condition.withinMs)
    default:
      return leaf(condition, site)
  }
}

function leaf(it: Leaf, site: Site): Node {
  const id = it.instrument ?? site.instrument
  const sight = site.figures.sight(id)
  switch (it.kind) {
    case 'figure':
      return new FigureLeaf(it, partsOf(it, id, site))
    case 'band':
      return new BandLeaf(it, partsOf(it, id, site))
    case 'flip':
      return new FlipLeaf(it, partsOf(it, id, site))
    case 'event':
      return new EventLeaf(it, sight, site.side)
    case 'silence':
      return new SilenceLeaf(it, sight)
    case 'data':
      return new DataLeaf(it, sight)
    default:
      return it satisfies never
  }
}

function partsOf(
  it: FigureCondition | BandCondition | FlipCondition,
  id: InstrumentId,
  site: Site
): FigureParts {
  const { figures, side, staleMs, scope, tick } = site
  return {
    sight: figures.sight(id),
    signal: figures.signal(id, it),
    history: it.kind === 'flip' ? undefined : figures.history(id, it),
    board: it.kind === 'figure' && it.by === 'rank' ? figures.board(scope, it, tick) : undefined,
    side: side === 'ask' ? -1 : 1,
    staleMs
  }
}
