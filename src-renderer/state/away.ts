import { plain } from '../../src-shared/format'
import type { BookStatus } from '../../src-shared/status'
import type { Market } from './market'

/** A process may end with a page of words; this much fits a row. */
const mostReason = 160

const words: Readonly<Record<Market['engine']['state'], string>> = {
  starting: 'the engine is starting',
  running: 'waiting for the engine',
  restarting: 'engine restarting',
  failed: 'the engine failed'
}

/** What every book is called while no engine speaks to this window: never live, and why. */
export function away({ state, since, reason, nextAttemptAt }: Market['engine']): BookStatus {
  return {
    state: 'connecting',
    reason: reason ? `${words[state]}: ${plain(reason, mostReason)}` : words[state],
    since,
    ...(nextAttemptAt === undefined ? {} : { nextAttemptAt })
  }
}
