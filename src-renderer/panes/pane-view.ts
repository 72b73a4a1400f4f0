import type { InstrumentId } from '../../src-shared/instrument'
import type { BookStatus } from '../../src-shared/status'
import type { Panel } from '../panels/panel'
import { lookOf } from '../ui/status-look'

/** What a pane shows around its panel: nothing, a strip of words (over dimmed numbers or not), or a hatch in place of numbers. */
export type PaneView =
  | { readonly kind: 'unknown' | 'empty' | 'plain' | 'note' | 'strip' }
  | { readonly kind: 'hatch'; readonly title: string; readonly tone: 'warn' | 'quiet' }

/** Only a live book is shown without a mark; a stale or halted one as it last was; of any other nothing is shown. */
export function viewOf(
  panel: Panel | undefined,
  instrument: InstrumentId | undefined,
  status: BookStatus | undefined
): PaneView {
  if (!panel) return { kind: 'unknown' }
  if (!panel.ofInstrument) return { kind: 'plain' }
  if (instrument === undefined || !status) return { kind: 'empty' }
  const { view, title, tone } = lookOf(status.state)
  if (view !== 'hatch') return { kind: view }
  return { kind: 'hatch', title, tone: tone === 'warn' ? 'warn' : 'quiet' }
}
