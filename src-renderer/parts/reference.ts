import type { ReferenceView } from '../../src-shared/contract/frames'

/** (mark - index) / index in bps; NaN where either was not told. */
export const basisBps = ({ mark, index }: Pick<ReferenceView, 'mark' | 'index'>): number =>
  (mark / index - 1) * 1e4
