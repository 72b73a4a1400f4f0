import type { Alert } from '../../src-shared/alert'

/** One note: its frequency in Hz, when it begins and how long it lasts, in s. */
export interface Note {
  readonly hertz: number
  readonly at: number
  readonly lasts: number
}

/** A step up is the bid side, a step down the ask side, one level the market as a whole: told apart without looking. */
const melody = { bid: [523.25, 783.99], ask: [783.99, 523.25], none: [659.26, 659.26] } as const
const times = { info: 1, warn: 1, critical: 3 } as const
const noteS = 0.12
const restS = 0.04

/** How an alert sounds: two short notes by its side, one of them for info, three times over when critical. */
export function notesOf({ side, severity }: Pick<Alert, 'side' | 'severity'>): readonly Note[] {
  const notes = severity === 'info' ? melody[side].slice(1) : melody[side]
  return Array.from({ length: times[severity] }, () => notes)
    .flat()
    .map((hertz, k) => ({ hertz, at: k * (noteS + restS), lasts: noteS }))
}
