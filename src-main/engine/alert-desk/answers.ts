import type { EngineCommand } from '../../../src-shared/contract/commands'
import type { InstrumentId } from '../../../src-shared/instrument'
import type { Watched } from '../watched'
import type { WindowPort } from '../window'
import type { AlertDesk } from './desk'
import { estimate } from './estimate'
import { standingLevels } from './standing-levels'

type Question = Extract<
  EngineCommand,
  { kind: 'alert-history' | 'alert-evidence' | 'alert-scores' | 'rule-levels' | 'estimate-rule' }
>

/** What a window asks of alerts. */
export function answerAlerts(
  window: WindowPort,
  question: Question,
  desk: AlertDesk,
  watched: (id: InstrumentId) => Watched | undefined
): void {
  const { request } = question
  switch (question.kind) {
    case 'alert-history':
      window.post({ kind: 'alert-history', request, ...desk.records.list(question.wish, question.most) })
      break
    case 'alert-evidence':
      void desk.records.evidence(question.alert).then((evidence) => {
        window.post({ kind: 'alert-evidence', request, evidence })
      })
      break
    case 'alert-scores':
      window.post({ kind: 'alert-scores', request, scores: desk.records.scores })
      break
    case 'rule-levels':
      window.post({
        ...{ kind: 'rule-levels', request },
        levels: standingLevels(desk.judge.watches, question.instrument)
      })
      break
    case 'estimate-rule':
      window.post({ kind: 'rule-estimate', request, estimate: estimate(question, desk, watched) })
      break
    default:
      question satisfies never
  }
}
