import type { ReferenceView } from '../../src-shared/contract/frames'
import { span } from '../../src-shared/format'

/** (mark - index) / index in bps; NaN where either was not told. */
export const basisBps = ({ mark, index }: Pick<ReferenceView, 'mark' | 'index'>): number =>
  (mark / index - 1) * 1e4

type Told = Pick<ReferenceView, 'at' | 'lapsed' | 'openInterestAt'>

/** How old what was told is, or why it holds no more. */
export const toldWords = ({ at, lapsed }: Told, now: number): string =>
  lapsed ? `Not known now: ${lapsed}` : agoWords(at, now)

/** The same of the open interest, which has an age of its own where it is asked for. */
export const interestWords = (told: Told, now: number): string =>
  Number.isNaN(told.openInterestAt) ? toldWords(told, now) : agoWords(told.openInterestAt, now)

const agoWords = (at: number, now: number): string =>
  Number.isNaN(at) ? '' : `Told ${span(Math.max(0, now - at))} ago`
