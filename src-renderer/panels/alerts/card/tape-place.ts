import { clock, date, plain } from '../../../../src-shared/format'
import { symbolOf, type InstrumentId } from '../../../../src-shared/instrument'
import type { RecordingState } from '../../../../src-shared/contract/recording'
import type { TapeContents } from '../../../../src-shared/contract/replay'
import type { Millis } from '../../../../src-shared/units'
import type { Desk } from '../../../state/desk'

const beforeMs = 60_000
const afterMs = 300_000
/** What was recorded last is told a moment later. */
const lateMs = 1_000

/** Whether an alert can be replayed: from where to where, or why not, in words. */
export type TapePlace =
  | { readonly ok: true; readonly from: number; readonly to: number; readonly words: string }
  | { readonly ok: false; readonly words: string }

export function tapePlace({ tape, market, now }: Desk, instrument: InstrumentId, at: Millis): TapePlace {
  const { contents } = tape
  if (!contents) return { ok: false, words: 'Looking at the tape…' }
  const { instruments, troubles } = contents
  const spans = grown(contents.spans, market.health?.recording, now)
  const holds = spans.find((span) => span.from <= at && at <= span.to + lateMs)
  if (holds && !instruments.includes(instrument))
    return { ok: false, words: `The tape has nothing of ${plain(symbolOf(instrument), 24)}.` }
  if (!holds) return { ok: false, words: `The tape does not hold this time: ${whyNot(spans, at, troubles)}.` }
  const from = Math.max(holds.from, at - beforeMs)
  const words = from > at - beforeMs ? `The tape begins ${clock(holds.from)} UTC.` : ''
  return { ok: true, from, to: Math.max(at + lateMs, Math.min(holds.to, at + afterMs)), words }
}

/** What goes on being recorded since the tape was asked is on it too. */
function grown(
  spans: TapeContents['spans'],
  recording: RecordingState | undefined,
  now: Millis
): TapeContents['spans'] {
  const last = spans.at(-1)
  const goesOn = last && recording?.state === 'recording' && recording.since <= last.to + lateMs
  return goesOn && now > last.to ? [...spans.slice(0, -1), { from: last.from, to: now }] : spans
}

function whyNot(spans: TapeContents['spans'], at: Millis, troubles: readonly string[]): string {
  const [first] = spans
  const last = spans.at(-1)
  if (!first || !last) return troubles[0] ?? 'nothing was recorded yet'
  if (at < first.from) return `its oldest is of ${date(first.from)} UTC`
  if (at > last.to) return `its latest is of ${date(last.to)} UTC`
  return 'the recorder paused then'
}
