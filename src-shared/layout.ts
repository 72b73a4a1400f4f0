import * as v from 'valibot'
import { instrumentIdSchema } from './watchlist'

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(64))

/** One panel in a tab. `instrument` pins it; without one it follows the selected instrument. */
const tabSchema = v.strictObject({
  id,
  panel: id,
  instrument: v.optional(instrumentIdSchema),
  /** The panel's own choices (bands, grouping…), checked by the panel; unknown ones are dropped there. */
  choices: v.optional(
    v.record(
      v.pipe(v.string(), v.maxLength(64)),
      v.union([
        v.pipe(v.string(), v.maxLength(200)),
        v.number(),
        v.boolean(),
        v.pipe(v.array(v.pipe(v.string(), v.maxLength(64))), v.maxLength(20))
      ])
    )
  )
})
export type Tab = Readonly<v.InferOutput<typeof tabSchema>>

const tabsSchema = v.strictObject({
  kind: v.literal('tabs'),
  id,
  tabs: v.pipe(v.array(tabSchema), v.minLength(1), v.maxLength(20)),
  active: id
})
export type Tabs = Readonly<v.InferOutput<typeof tabsSchema>>

/** Panes side by side (`row`) or one above another (`column`); sizes in percent, one a kid. */
export interface Split {
  readonly kind: 'split'
  readonly id: string
  readonly direction: 'row' | 'column'
  readonly kids: readonly Pane[]
  readonly sizes: readonly number[]
}
export type Pane = Tabs | Split

const splitSchema: v.GenericSchema<Split> = v.pipe(
  v.strictObject({
    kind: v.literal('split'),
    id,
    direction: v.picklist(['row', 'column']),
    kids: v.pipe(v.array(v.lazy(() => paneSchema)), v.minLength(2), v.maxLength(12)),
    sizes: v.pipe(v.array(v.pipe(v.number(), v.minValue(0), v.maxValue(100))), v.maxLength(12))
  }),
  v.check(({ kids, sizes }) => kids.length === sizes.length, 'a split needs one size a kid')
)
const paneSchema: v.GenericSchema<Pane> = v.union([tabsSchema, splitSchema])

const layoutSchema = v.strictObject({
  id,
  name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(40)),
  root: paneSchema,
  maximised: v.optional(id)
})

export const layoutsSchema = v.pipe(
  v.strictObject({
    version: v.literal(1),
    active: id,
    /** The instrument that unpinned panels show. */
    selected: v.optional(instrumentIdSchema),
    layouts: v.pipe(v.array(layoutSchema), v.minLength(1), v.maxLength(50))
  }),
  v.check(
    ({ active, layouts }) => layouts.some((layout) => layout.id === active),
    'the active layout does not exist'
  )
)

export type Layout = Readonly<v.InferOutput<typeof layoutSchema>>
export type Layouts = Readonly<v.InferOutput<typeof layoutsSchema>>

/** A group of panels in tabs, the first in front; `of` keeps its ids apart from other layouts'. */
const tabs = (of: string, ...panels: readonly [string, ...string[]]): Tabs => ({
  kind: 'tabs',
  id: `${of}-tabs-${panels[0]}`,
  tabs: panels.map((panel) => ({ id: `${of}-${panel}`, panel })),
  active: `${of}-${panels[0]}`
})
const split = (
  id: string,
  direction: Split['direction'],
  ...kids: readonly (readonly [pane: Pane, percent: number])[]
): Split => ({
  ...{ kind: 'split', id, direction },
  kids: kids.map(([pane]) => pane),
  sizes: kids.map(([, percent]) => percent)
})

const desk: Layout = {
  id: 'desk',
  name: 'Desk',
  root: split(
    'desk-columns',
    'row',
    [tabs('desk', 'watchlist', 'scanner'), 27],
    [
      split(
        'desk-centre',
        'column',
        [tabs('desk', 'heatmap', 'chart'), 46],
        [tabs('desk', 'imbalance'), 28],
        [tabs('desk', 'flow'), 26]
      ),
      45
    ],
    [
      split(
        'desk-right',
        'column',
        [tabs('desk', 'ladder', 'footprint'), 58],
        [tabs('desk', 'alerts', 'depth-curve', 'forecast', 'figures'), 42]
      ),
      28
    ]
  )
}

const focus: Layout = {
  id: 'focus',
  name: 'Focus',
  root: split(
    'focus-columns',
    'row',
    [
      split(
        'focus-left',
        'column',
        [tabs('focus', 'chart', 'heatmap'), 68],
        [tabs('focus', 'flow', 'imbalance'), 32]
      ),
      70
    ],
    [tabs('focus', 'ladder', 'depth-curve'), 30]
  )
}

const orderFlow: Layout = {
  id: 'order-flow',
  name: 'Order flow',
  root: split(
    'order-flow-columns',
    'row',
    [
      split(
        'order-flow-left',
        'column',
        [tabs('order-flow', 'heatmap', 'chart'), 50],
        [tabs('order-flow', 'flow', 'imbalance'), 50]
      ),
      48
    ],
    [
      split(
        'order-flow-right',
        'column',
        [tabs('order-flow', 'footprint', 'ladder'), 62],
        [tabs('order-flow', 'depth-curve', 'figures'), 38]
      ),
      52
    ]
  )
}

const health: Layout = {
  id: 'venues',
  name: 'Venues',
  root: split('venues-rows', 'column', [tabs('venues', 'venues'), 62], [tabs('venues', 'watchlist'), 38])
}

export const defaultLayouts: Layouts = {
  version: 1,
  active: 'desk',
  selected: 'sim:BTC-PERP',
  layouts: [desk, focus, health, orderFlow]
}
