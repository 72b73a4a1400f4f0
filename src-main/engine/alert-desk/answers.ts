import type { EngineCommand } from '../../../src-shared/contract/commands'
import type { WindowPort } from '../window'
import type { AlertDesk } from './desk'
import type { Estimates } from './estimates'
import { standingLevels } from './standing-levels'

type Question = Extract<
  EngineCommand,
  {
    kind:
      | 'alert-history'
      | 'alert-evidence'
      | 'alert-scores'
      | 'rule-levels'
      | 'estimate-rule'
      | 'estimate-cancel'
  }
>

/** What a window asks of alerts. */
export function answerAlerts(
  window: WindowPort,
  question: Question,
  desk: AlertDesk,
  estimates: Estimates
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
      void estimates.ask(window, question)
      break
    case 'estimate-cancel':
      estimates.cancel(window, request)
      break
    default:
      question satisfies never
  }
}
