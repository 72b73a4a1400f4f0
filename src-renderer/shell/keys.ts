import type { KeyBindingMap } from 'tinykeys'
import type { DeskState } from '../state/desk.svelte'
import { groupsOf } from '../state/layout-tree'

export const healthKeys = 'Ctrl+Shift+H'

/** What the sheet (?) lists: keys, then what they do. */
export const keySheet: readonly (readonly [keys: string, does: string])[] = [
  ['Ctrl+K, Ctrl+P', 'Find an instrument'],
  [healthKeys, 'Venue health'],
  ['F6, Shift+F6', 'Next pane, previous pane'],
  ['Ctrl+1 … Ctrl+9', 'Layouts, in the order of the menu'],
  ['Ctrl+Enter', 'Maximise the pane, or restore it'],
  ['Ctrl+Z', 'Undo a layout change'],
  ['← →', 'In tabs: the next tab. On a splitter: resize'],
  ['Del', 'On a tab: close it'],
  ['Space', 'In the ladder: freeze'],
  ['R', 'Replay the tape'],
  ['Space, . , [ ]', 'In a replay: play or pause, one sample further, slower and faster'],
  ['Home', 'In a replay: back to live'],
  ['Esc', 'Close what is open'],
  ['?', 'This sheet']
]

const isTyping = ({ target }: Event): boolean =>
  target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null

/** The keys of the whole window. */
export function bindings(desk: DeskState, toggleSheet: () => void): KeyBindingMap {
  const search = () => {
    desk.search((picked) => {
      desk.select(picked)
    })
  }
  const on = (act: () => void) => (event: Event) => {
    event.preventDefault()
    act()
  }
  const unlessTyping = (act: () => void) => (event: Event) => {
    if (!isTyping(event)) on(act)(event)
  }
  const layouts = Object.fromEntries(
    Array.from({ length: 9 }, (_, i) => [
      `$mod+${i + 1}`,
      on(() => {
        desk.layout.chooseAt(i)
      })
    ])
  )
  return {
    ...layouts,
    '$mod+k': on(search),
    '$mod+p': on(search),
    '$mod+Shift+KeyH': on(() => {
      desk.show('venues')
    }),
    '$mod+z': unlessTyping(() => {
      desk.layout.undo()
    }),
    '$mod+Enter': on(() => {
      desk.layout.maximise(desk.layout.focused)
    }),
    F6: on(() => {
      focusNext(desk, 1)
    }),
    'Shift+F6': on(() => {
      focusNext(desk, -1)
    }),
    'Shift+?': unlessTyping(toggleSheet),
    r: unlessTyping(() => {
      desk.tape.choose()
    }),
    ...whileReplaying(desk)
  }
}

/** Keys that steer a replay; while there is none they are anybody's. */
function whileReplaying({ tape }: DeskState): KeyBindingMap {
  const steer = (act: () => void) => (event: Event) => {
    // A pressed button or a list has keys of its own.
    const isBusy = event.target instanceof HTMLElement && event.target.closest('button, input, select')
    // A panel may have taken the key for itself.
    if (!tape.replay || event.defaultPrevented || isTyping(event)) return
    if (isBusy && (event as KeyboardEvent).key === ' ') return
    event.preventDefault()
    act()
  }
  return {
    Space: steer(() => {
      tape.toggle()
    }),
    Period: steer(() => {
      tape.step()
    }),
    BracketLeft: steer(() => {
      tape.pace(-1)
    }),
    BracketRight: steer(() => {
      tape.pace(1)
    }),
    Home: steer(() => {
      tape.end()
    })
  }
}

/** Gives the keyboard to the pane after (1) or before (-1) the one that has it. */
function focusNext({ layout }: DeskState, step: 1 | -1): void {
  const { root, maximised } = layout.active
  const ids = maximised === undefined ? groupsOf(root).map(({ id }) => id) : [maximised]
  const next = ids[(ids.indexOf(layout.focused) + step + ids.length) % ids.length]!
  layout.focus(next)
  const pane = document.querySelector(`[data-pane="${CSS.escape(next)}"]`)
  const first = pane?.querySelector<HTMLElement>(
    '[role="tabpanel"] [tabindex="0"], [role="tab"][tabindex="0"]'
  )
  first?.focus({ preventScroll: true })
}
