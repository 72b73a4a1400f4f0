import { clock, date, plain } from '../../../../src-shared/format'
import { symbolOf, type InstrumentId } from '../../../../src-shared/instrument'
import type { TapeContents } from '../../../../src-shared/contract/replay'
import type { Millis } from '../../../../src-shared/units'

const beforeMs = 60_000
const afterMs = 300_000
/** What was recorded last is told a moment later. */
const lateMs = 1_000

/** Whether an alert can be replayed: from where to where, or why not, in words. */
export type TapePlace =
  | { readonly ok: true; readonly from: number; readonly to: number; readonly words: string }
  | { readonly ok: false; readonly words: string }

export function tapePlace(
  contents: TapeContents | undefined,
  instrument: InstrumentId,
  at: Millis
): TapePlace {
  if (!contents) return { ok: false, words: 'Looking at the tape…' }
  const { spans, instruments, troubles } = contents
  const holds = spans.find((span) => span.from <= at && at <= span.to + lateMs)
  if (holds && !instruments.includes(instrument))
    return { ok: false, words: `The tape has nothing of ${plain(symbolOf(instrument), 24)}.` }
  if (!holds) return { ok: false, words: `The tape does not hold this time: ${whyNot(spans, at, troubles)}.` }
  const from = Math.max(holds.from, at - beforeMs)
  const words = from > at - beforeMs ? `The tape begins ${clock(holds.from)} UTC.` : ''
  return { ok: true, from, to: Math.max(at + lateMs, Math.min(holds.to, at + afterMs)), words }
}

function whyNot(spans: TapeContents['spans'], at: Millis, troubles: readonly string[]): string {
  const [first] = spans
  const last = spans.at(-1)
  if (!first || !last) return troubles[0] ?? 'nothing was recorded yet'
  if (at < first.from) return `its oldest is of ${date(first.from)} UTC`
  if (at > last.to) return `its latest is of ${date(last.to)} UTC`
  return 'the recorder paused then'
}
