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

const tab = (panel: string): Tabs => ({
  kind: 'tabs',
  id: `tabs-${panel}`,
  tabs: [{ id: `tab-${panel}`, panel }],
  active: `tab-${panel}`
})

const desk: Layout = {
  id: 'desk',
  name: 'Desk',
  root: {
    kind: 'split',
    id: 'desk-columns',
    direction: 'row',
    kids: [
      tab('watchlist'),
      tab('chart'),
      {
        kind: 'split',
        id: 'desk-right',
        direction: 'column',
        kids: [
          tab('ladder'),
          {
            kind: 'tabs',
            id: 'tabs-figures',
            tabs: [
              { id: 'tab-figures', panel: 'figures' },
              { id: 'tab-alerts', panel: 'alerts' }
            ],
            active: 'tab-alerts'
          }
        ],
        sizes: [62, 38]
      }
    ],
    sizes: [36, 40, 24]
  }
}

const focus: Layout = {
  id: 'focus',
  name: 'Focus',
  root: {
    kind: 'split',
    id: 'focus-columns',
    direction: 'row',
    kids: [
      {
        kind: 'tabs',
        id: 'tabs-focus-chart',
        tabs: [{ id: 'focus-chart', panel: 'chart' }],
        active: 'focus-chart'
      },
      {
        kind: 'tabs',
        id: 'tabs-focus-ladder',
        tabs: [{ id: 'focus-ladder', panel: 'ladder' }],
        active: 'focus-ladder'
      }
    ],
    sizes: [70, 30]
  }
}

const health: Layout = {
  id: 'venues',
  name: 'Venues',
  root: {
    kind: 'split',
    id: 'venues-rows',
    direction: 'column',
    kids: [tab('venues'), tab('watchlist')].map((pane) => ({
      ...pane,
      id: `venues-${pane.id}`,
      tabs: pane.tabs.map((it) => ({ ...it, id: `venues-${it.id}` })),
      active: `venues-${pane.active}`
    })),
    sizes: [62, 38]
  }
}

export const defaultLayouts: Layouts = {
  version: 1,
  active: 'desk',
  selected: 'sim:BTC-PERP',
  layouts: [desk, focus, health]
}
