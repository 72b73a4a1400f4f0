import type { InstrumentId } from '../../src-shared/instrument'
import type { BookStatus } from '../../src-shared/status'
import type { Panel } from '../panels/panel'

/** What a pane shows around its panel: nothing, a strip over dimmed numbers, or a hatch in place of numbers. */
export type PaneView =
  | { readonly kind: 'unknown' | 'empty' | 'plain' | 'strip' }
  | { readonly kind: 'hatch'; readonly title: string; readonly tone: 'warn' | 'quiet' }

/** Only a live book is shown without a mark; an unverified one beneath a warning; a stale, late or halted one as it last was; of any other nothing is shown. */
export function viewOf(
  panel: Panel | undefined,
  instrument: InstrumentId | undefined,
  status: BookStatus | undefined
): PaneView {
  if (!panel) return { kind: 'unknown' }
  if (!panel.ofInstrument) return { kind: 'plain' }
  if (instrument === undefined || !status) return { kind: 'empty' }
  switch (status.state) {
    case 'live':
      return { kind: 'plain' }
    case 'unverified':
    case 'stale':
    case 'overloaded':
    case 'halted':
      return { kind: 'strip' }
    case 'gap':
      return { kind: 'hatch', title: 'Resync', tone: 'warn' }
    case 'syncing':
      return { kind: 'hatch', title: 'Syncing', tone: 'warn' }
    case 'connecting':
      return { kind: 'hatch', title: 'Connecting', tone: 'quiet' }
    case 'rate-limited':
      return { kind: 'hatch', title: 'Rate limited', tone: 'warn' }
    case 'delisted':
      return { kind: 'hatch', title: 'Delisted', tone: 'quiet' }
    case 'refused':
      return { kind: 'hatch', title: 'Refused', tone: 'warn' }
  }
}
