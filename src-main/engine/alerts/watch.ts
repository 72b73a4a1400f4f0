import type { AlertSide } from '../../../src-shared/alert'
import { isData, leavesOf } from '../../../src-shared/alerts/condition-tree'
import type { InstrumentId } from '../../../src-shared/instrument'
import type { Rule } from '../../../src-shared/rule'
import { ruleHash } from '../../../src-shared/rule'
import type { Watchlist } from '../../../src-shared/watchlist'
import type { Signs } from '../metrics/signs'
import type { Site } from './compile'
import { compile } from './compile'
import { Not } from './composites'
import { Half } from './half'
import type { Node } from './node'
import type { Sight } from './sight'

/** One rule on one instrument. */
export interface Watch {
  /** The same for the same rule on the same instrument, of figures computed in the same way: it may go on as it is. */
  readonly key: string
  readonly rule: Rule
  readonly hash: string
  readonly data: boolean
  readonly sight: Sight
  readonly halves: readonly Half[]
}

export type WatchSite = Omit<Site, 'side' | 'staleMs'> & { readonly signs: Signs }

export function freshWatch(rule: Rule, site: WatchSite): Watch {
  const key = keyOf(rule, site)
  const halves = sidesOf(rule).flatMap((side) => {
    const whole = { ...site, side, staleMs: rule.staleMs }
    const build = (isOver: boolean): Half => {
      const node: Node = compile(rule.when, whole)
      const stepUp = rule.stepUp && !isOver ? compile(rule.stepUp.when, whole) : undefined
      return new Half(rule, side, isOver, isOver ? new Not([node]) : node, stepUp, turnOf(key + side))
    }
    if (rule.trigger === 'either') return [build(false), build(true)]
    return [build(rule.trigger === 'down')]
  })
  const sight = site.figures.sight(site.instrument)
  return {
    key: key + signed(rule, site),
    rule,
    hash: ruleHash(rule),
    data: isData(rule.when),
    sight,
    halves
  }
}

/** Places in a watchlist are of all its instruments. */
function keyOf(rule: Rule, { instrument, scope }: Pick<Site, 'instrument' | 'scope'>): string {
  const isRanked = leavesOf(rule.when).some((leaf) => leaf.kind === 'figure' && leaf.by === 'rank')
  return JSON.stringify([rule, instrument, isRanked ? scope : []])
}

/** The parameters of what it looks at. */
function signed(
  { when, stepUp }: Rule,
  { signs, instrument }: Pick<WatchSite, 'signs' | 'instrument'>
): string {
  const leaves = [when, ...(stepUp ? [stepUp.when] : [])].flatMap(leavesOf)
  return leaves
    .map((leaf) => {
      if (!('metric' in leaf)) return ''
      const of = ('instrument' in leaf ? leaf.instrument : undefined) ?? instrument
      return ` ${signs(leaf.metric, 'field' in leaf ? leaf.field : undefined, of)}`
    })
    .join('')
}

/** In [0, 1), the same for the same text: a tape says the same as the live run. FNV-1a. */
function turnOf(text: string): number {
  let hash = 0x811c9dc5
  for (let place = 0; place < text.length; place++)
    hash = Math.imul(hash ^ text.charCodeAt(place), 0x01000193)
  // Its low bits are the better mixed ones.
  return (hash & 0xffff) / 0x10000
}

export function sidesOf({ side }: Rule): readonly AlertSide[] {
  return side === 'both' ? ['bid', 'ask'] : [side]
}

/** The instruments a rule watches; undefined when its watchlist is gone. */
export function scopeOf(
  { scope }: Rule,
  watchlists: readonly Watchlist[]
): readonly InstrumentId[] | undefined {
  if (scope.kind === 'instrument') return [scope.instrument]
  const list = watchlists.find((watchlist) => watchlist.id === scope.watchlist)
  return list && [...new Set(list.instruments)]
}
