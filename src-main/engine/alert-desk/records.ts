import type { Alert } from '../../../src-shared/alert'
import type { AlertEntry, AlertEvidence, DeliveryResult, RuleScore } from '../../../src-shared/alerts/record'
import type { AlertCentre, HistoryWish } from '../../../src-shared/alerts/state'
import type { Column } from '../../../src-shared/contract/catalogue'
import type { EngineReport } from '../../../src-shared/contract/control'
import type { EngineFrame } from '../../../src-shared/contract/frames'
import type { InstrumentId } from '../../../src-shared/instrument'
import type { Millis } from '../../../src-shared/units'
import { millis } from '../../../src-shared/units'
import { AlertHistory, bytesOf } from '../alert-history/history'
import type { HistoryRecord } from '../alert-history/record'
import type { Learned } from '../alerts/figures'
import type { PolicyMemory } from '../alerts/policy/policy'
import { scoreOf } from '../alerts/score'
import type { Watched } from '../watched'
import { Evidence } from './evidence'
import { AlertFiles } from './files'
import { FollowUps } from './follow-ups'

export interface RecordsParts {
  readonly columns: readonly Column[]
  readonly now: () => Millis
  readonly broadcast: (frame: EngineFrame) => void
  readonly complain: (words: string) => void
  readonly report: (report: EngineReport) => void
}

const hourMs = 3_600_000

/** What is kept of alerts. Without a folder (tests, the terminal) nothing is, and all is told at once. */
export class Records {
  readonly #parts: RecordsParts
  readonly #evidence: Evidence
  readonly #followUps = new FollowUps()
  #history: AlertHistory | undefined
  #files: AlertFiles | undefined
  #isReady = true
  #startedAt = NaN

  constructor(parts: RecordsParts) {
    this.#parts = parts
    this.#evidence = new Evidence(parts.columns)
  }

  /** Nothing may be judged before what was told last time is known. */
  get isReady(): boolean {
    return this.#isReady
  }

  /** False where it is open already: its folder does not change while the engine runs. */
  open(folder: string): boolean {
    if (this.#history) return false
    const { complain, broadcast, now } = this.#parts
    this.#files = new AlertFiles(folder, complain)
    this.#startedAt = now()
    this.#isReady = false
    const history = new AlertHistory({
      ...{ folder, now, tell: complain },
      onChange: (entry) => {
        broadcast({ kind: 'alert-entry', entry })
      }
    })
    this.#history = history
    void history
      .open()
      .then(() => {
        for (const alert of history.unsent)
          this.#parts.report({ kind: 'unsent', alert, channels: alert.channels })
      })
      .catch((error: unknown) => {
        complain(
          `The alert history cannot be read: ${error instanceof Error ? error.message : String(error)}`
        )
        this.#history = undefined
      })
      .finally(() => {
        this.#isReady = true
      })
    return true
  }

  get learned(): readonly Learned[] {
    return this.#files?.learned ?? []
  }
  get policy(): PolicyMemory | undefined {
    return this.#files?.policy
  }
  get state(): AlertCentre['history'] {
    const { size = 0, bytes = 0, fault = '' } = this.#history ?? {}
    return { entries: size, bytes, fault }
  }

  toldAt(ruleHash: string, instrument: InstrumentId, side: Alert['side']): number | undefined {
    return this.#history?.toldAt(ruleHash, instrument, side)
  }

  /** An episode begins, with what is seen of it now. */
  fired(alert: Alert, watched: Watched | undefined): void {
    if (!this.#history) return
    const seen = watched && alert.notice !== 'ALREADY_ON' ? this.#evidence.seen(alert, watched) : undefined
    if (watched && seen) this.#followUps.add({ alert, halfSpreadBps: this.#evidence.halfSpread(watched) })
    void this.#history.fired(alert, seen)
  }

  /**
   * Calls back once it is kept that the alert is told; where nothing is kept, at once. What leaves the engine nowhere needs no such intent. Its beginning
   * stands before it in the same file, so one flush keeps both.
   */
  told(alert: Alert, tell: () => void): void {
    const history = this.#history
    const isMeant = alert.channels.length > 0 || alert.withheld.length > 0
    if (!history || alert.notice === 'TEST' || !isMeant) tell()
    else void history.told(alert).then(tell)
  }

  ended({ episode, peak, lastedMs = millis(NaN), notice }: Alert): void {
    this.note({ k: 'ended', id: episode, peak, lastedMs, unknown: notice === 'ENDED_UNKNOWN' })
  }

  note(record: Exclude<HistoryRecord, { k: 'fired' | 'told' | 'evidence' }>): void {
    this.#history?.note(record)
  }

  delivered(result: DeliveryResult): void {
    this.#history?.delivered(result)
  }

  followUp(at: number, watched: (id: InstrumentId) => Watched | undefined): void {
    const due = this.#followUps.due(at)
    for (const { alert } of due.after) {
      const seen = watched(alert.instrument)
      if (seen)
        this.#history?.note({ k: 'after', id: alert.episode }, bytesOf(this.#evidence.after(alert, seen)))
    }
    for (const { alert, halfSpreadBps } of due.outcome) {
      const seen = watched(alert.instrument)
      if (!seen) continue
      const outcome = this.#evidence.outcome(alert, seen, halfSpreadBps)
      this.#history?.note({ k: 'outcome', id: alert.episode, outcome })
    }
  }

  list(wish: HistoryWish, most: number): { readonly entries: readonly AlertEntry[]; readonly more: boolean } {
    return this.#history?.list(wish, most) ?? { entries: [], more: false }
  }

  evidence(episode: string): Promise<AlertEvidence | undefined> {
    return this.#history?.evidence(episode) ?? Promise.resolve(undefined)
  }

  /** A score a rule, of what was told. Hours count from the oldest entry that is kept. */
  get scores(): readonly RuleScore[] {
    const byRule = new Map<string, AlertEntry[]>()
    let oldest = this.#startedAt
    for (const entry of this.#history?.all ?? []) {
      const { alert } = entry
      oldest = Math.min(oldest, alert.at)
      if (alert.notice !== 'FIRE' && alert.notice !== 'FIRE_DEFERRED') continue
      const list = byRule.get(alert.ruleId)
      if (list) list.push(entry)
      else byRule.set(alert.ruleId, [entry])
    }
    const hours = (this.#parts.now() - oldest) / hourMs
    return [...byRule].map(([rule, entries]) => scoreOf(rule, entries, hours))
  }

  saveLearned(figures: readonly Learned[]): void {
    this.#files?.saveLearned(figures)
  }
  savePolicy(memory: PolicyMemory): void {
    this.#files?.savePolicy(memory)
  }

  async close(): Promise<void> {
    await this.#history?.close()
  }
}
