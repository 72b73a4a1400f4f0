import type { Condition, Leaf } from './condition'

/** The conditions that one is made of; undefined of what looks at the market itself. */
export function innerOf(condition: Condition): readonly Condition[] | undefined {
  switch (condition.kind) {
    case 'all':
    case 'any':
      return condition.of
    case 'not':
      return [condition.of]
    case 'among':
    case 'repeated':
      return [condition.when]
    case 'sequence':
      return [condition.first, condition.then]
    case 'divergence':
      return [condition.when, condition.from]
    default:
      return undefined
  }
}

/** What a condition looks at, its own parts in order. */
export function leavesOf(condition: Condition): readonly Leaf[] {
  return innerOf(condition)?.flatMap(leavesOf) ?? [condition as Leaf]
}

/** Whether it looks at the data's own state alone. */
export const isData = (condition: Condition): boolean =>
  leavesOf(condition).every(({ kind }) => kind === 'data')

/** The same, each with its place under that of the whole: `when.of.0`. */
export function leavesAt(
  condition: Condition,
  path: string
): readonly { readonly path: string; readonly leaf: Leaf }[] {
  switch (condition.kind) {
    case 'all':
    case 'any':
      return condition.of.flatMap((part, place) => leavesAt(part, `${path}.of.${place}`))
    case 'not':
      return leavesAt(condition.of, `${path}.of`)
    case 'among':
    case 'repeated':
      return leavesAt(condition.when, `${path}.when`)
    case 'sequence':
      return [...leavesAt(condition.first, `${path}.first`), ...leavesAt(condition.then, `${path}.then`)]
    case 'divergence':
      return [...leavesAt(condition.when, `${path}.when`), ...leavesAt(condition.from, `${path}.from`)]
    default:
      return [{ path, leaf: condition }]
  }
}
