/** How a book's state looks and is called, wherever it is shown. */
export interface StatusLook {
  /** The one word for rows and heads. */
  readonly word: string
  /** The same at the start of a card. */
  readonly title: string
  readonly glyph: 'ring' | 'dashed' | 'turn' | 'triangle' | 'pause' | 'cross' | 'clock'
  /** Yellow: a book that was there is not complete now. Quiet: nothing is there, and nothing to do. */
  readonly tone: 'plain' | 'warn' | 'quiet'
  /** Around a panel's numbers: nothing, a line of words, a line over dimmed numbers, or a hatch in their place. */
  readonly view: 'plain' | 'note' | 'strip' | 'hatch'
}

const look = (
  word: string,
  glyph: StatusLook['glyph'],
  tone: StatusLook['tone'],
  view: StatusLook['view']
): StatusLook => ({ word, title: word.slice(0, 1).toUpperCase() + word.slice(1), glyph, tone, view })

const looks: Readonly<Record<string, StatusLook>> = {
  live: look('live', 'ring', 'plain', 'plain'),
  unverified: look('unverified', 'triangle', 'warn', 'note'),
  crossed: look('crossed', 'triangle', 'warn', 'note'),
  connecting: look('connecting', 'dashed', 'quiet', 'hatch'),
  syncing: look('syncing', 'turn', 'warn', 'hatch'),
  gap: look('resync', 'turn', 'warn', 'hatch'),
  overloaded: look('late', 'clock', 'warn', 'strip'),
  stale: look('stale', 'triangle', 'warn', 'strip'),
  halted: look('halted', 'pause', 'quiet', 'strip'),
  'rate-limited': look('limited', 'clock', 'warn', 'hatch'),
  refused: look('refused', 'cross', 'quiet', 'hatch'),
  delisted: look('delisted', 'cross', 'quiet', 'hatch'),
  off: look('off', 'cross', 'quiet', 'hatch')
}

/** A state that this window does not know is called by its own name, and its numbers are not shown. */
export const lookOf = (state: string): StatusLook =>
  looks[state] ?? look(state.replaceAll('-', ' '), 'triangle', 'warn', 'hatch')

export const wordOf = (state: string): string => lookOf(state).word
