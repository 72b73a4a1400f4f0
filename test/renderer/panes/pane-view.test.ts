import { describe, expect, it } from 'vitest'
import { viewOf } from '../../../src-renderer/panes/pane-view'
import { leastOf, leastShares } from '../../../src-renderer/panes/least-size'
import { panelOf } from '../../../src-renderer/panels'
import { defaultLayouts } from '../../../src-shared/layout'
import type { BookState, BookStatus } from '../../../src-shared/status'
import { millis } from '../../../src-shared/units'

const ladder = panelOf('ladder')
const status = (state: BookState): BookStatus => ({ state, reason: 'why', since: millis(1) })

describe('a pane of one instrument', () => {
  it('shows a live book without a mark', () => {
    expect(viewOf(ladder, 'sim:A', status('live')).kind).toBe('plain')
  })
  it.each(['unverified', 'crossed'] as const)('shows a %s book under a line that says so', (state) => {
    expect(viewOf(ladder, 'sim:A', status(state)).kind).toBe('note')
  })
  it.each(['stale', 'halted'] as const)('shows a %s book as it last was, under a strip', (state) => {
    expect(viewOf(ladder, 'sim:A', status(state)).kind).toBe('strip')
  })
  it.each(['gap', 'syncing', 'connecting', 'refused'] as const)('hatches a %s book', (state) => {
    expect(viewOf(ladder, 'sim:A', status(state)).kind).toBe('hatch')
  })
  it('hatches a state that this window has never heard of, under its own name', () => {
    const strange = status('sun-spots' as BookState)
    expect(viewOf(ladder, 'sim:A', strange)).toEqual({ kind: 'hatch', title: 'Sun spots', tone: 'warn' })
  })
  it('asks for an instrument when it has none', () => {
    expect(viewOf(ladder, undefined, undefined).kind).toBe('empty')
  })
})

describe('a pane of a panel', () => {
  it('that shows no single instrument is never hatched', () => {
    expect(viewOf(panelOf('watchlist'), 'sim:A', status('gap')).kind).toBe('plain')
  })
  it('that this version does not have says so', () => {
    expect(viewOf(panelOf('nonsense'), 'sim:A', status('live')).kind).toBe('unknown')
  })
})

describe('the least room', () => {
  it('adds up along a split and not across it', () => {
    const { root } = defaultLayouts.layouts[0]!
    expect(leastOf(root, 'row')).toBe(3 * 176)
    expect(leastOf(root, 'column')).toBe(3 * 96)
  })
  it('never asks for more than there is', () => {
    const { root } = defaultLayouts.layouts[0]!
    if (root.kind !== 'split') throw new Error('the desk is a split')
    expect(leastShares(root, 100).reduce((sum, share) => sum + share)).toBeCloseTo(100)
  })
})
