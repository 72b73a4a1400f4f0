import type { Component } from 'svelte'
import type { InstrumentId } from '../../src-shared/instrument'
import type { Tab } from '../../src-shared/layout'
import type { Desk } from '../state/desk'

export interface PanelProps {
  readonly desk: Desk
  readonly tab: Tab
  /** The pinned instrument, or the selected one; undefined when there is none. */
  readonly instrument: InstrumentId | undefined
  /** Keeps the panel's own choices in the layout. */
  readonly choose: (choices: NonNullable<Tab['choices']>) => void
}

/** What goes on for the panes of a panel that are out of sight. */
export interface BehindProps {
  readonly desk: Desk
  /** Instruments whose panes are in front, and those whose panes are only in tabs behind, under a maximised pane or in other layouts. */
  readonly inFront: readonly InstrumentId[]
  readonly hidden: readonly InstrumentId[]
  /** Whether any layout has such a pane, in front or not: what is of no instrument is hidden where it is not in front. */
  readonly isOpen: boolean
}

/** A panel described as data; the host knows nothing else of it. Heads, tabs, state strips and empty states are the host's. */
export interface Panel {
  readonly id: string
  readonly title: string
  /** One line for the "add a panel" menu. */
  readonly explains: string
  /** Whether it shows one instrument: then its head names it, with status and age, and the host hatches it while there is no live book. */
  readonly ofInstrument: boolean
  readonly component: Component<PanelProps>
  /** What it shows over the whole window when something asks for it, whether or not its tab is there. */
  readonly overlay?: Component<{ desk: Desk }>
  /** What gathers for it while it is out of sight; it shows nothing. */
  readonly behind?: Component<BehindProps>
}
