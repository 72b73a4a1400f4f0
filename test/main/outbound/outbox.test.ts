import { expect, test } from 'vitest'
import { mostWaiting, Outbox, type Attempt } from '../../../src-main/outbound/outbox'
import type { WaitingList } from '../../../src-main/outbound/waiting'

const sent: Attempt = { kind: 'sent', detail: '' }
const later: Attempt = { kind: 'failed', detail: 'answered 503', again: true }
const never: Attempt = { kind: 'failed', detail: 'answered 400', again: false }

function rig(answers: readonly Attempt[], kept: WaitingList = { version: 1, waiting: [] }, refusal = '') {
  const state = { now: 0, kept }
  const tried: [number, string][] = []
  const results: string[] = []
  const paused: string[] = []
  let count = 0
  const outbox = new Outbox({
    kept: {
      get value() {
        return state.kept
      },
      save: (list) => {
        if (refusal !== '') return { ok: false, reason: refusal }
        state.kept = list
        return { ok: true }
      }
    },
    attempt: ({ alert }) => {
      tried.push([state.now, alert])
      return Promise.resolve(answers[count++] ?? sent)
    },
    now: () => state.now,
    chance: () => 0,
    spacingMs: { telegram: 1_000, webhook: 0 },
    onResult: ({ alert, outcome }) => results.push(`${alert} ${outcome}`),
    onPaused: (channel, detail, waiting) => paused.push(`${channel}: ${detail}, ${String(waiting)} wait`)
  })
  const runTo = async (end: number): Promise<void> => {
    for (; state.now <= end; state.now += 100) await outbox.tick()
  }
  return { state, tried, results, paused, outbox, runTo }
}

test('an attempt that failed is repeated after 1, 4, 15 and 60 s, and then given up', async () => {
  const { outbox, runTo, tried, results, state } = rig([later, later, later, later, later])
  outbox.add('webhook', 'a', '')
  await runTo(100_000)
  expect(tried.map(([at]) => at)).toEqual([0, 1_000, 5_000, 20_000, 80_000])
  expect(results).toEqual(['a waiting', 'a waiting', 'a waiting', 'a waiting', 'a failed'])
  expect(state.kept.waiting).toEqual([])
})

test('what a receiver refuses for good is not repeated', async () => {
  const { outbox, runTo, results } = rig([never])
  outbox.add('webhook', 'a', '')
  await runTo(10_000)
  expect(results).toEqual(['a failed'])
})

test('ten failures in a row pause the channel, say so once, and lose nothing; a resume goes on', async () => {
  const { outbox, runTo, results, paused, state } = rig(Array.from({ length: 10 }, () => later))
  for (let k = 0; k < 12; k++) outbox.add('webhook', `a${String(k)}`, '')
  await runTo(200_000)
  expect(paused).toEqual(['webhook: answered 503, 12 wait'])
  expect(outbox.standing('webhook')).toMatchObject({ waiting: 12, failures: 10 })
  outbox.resume('webhook')
  await runTo(state.now + 10_000)
  expect(results.filter((it) => it.endsWith('sent'))).toHaveLength(12)
  expect(outbox.standing('webhook')).not.toHaveProperty('pausedSince')
})

test('a channel that asks for patience gets it, and keeps its spacing', async () => {
  const { outbox, runTo, tried } = rig([{ ...later, waitMs: 7_000 }])
  for (const alert of ['a', 'b', 'c']) outbox.add('telegram', alert, '')
  await runTo(10_000)
  expect(tried).toEqual([
    [0, 'a'],
    [1_000, 'b'],
    [2_000, 'c'],
    [7_000, 'a']
  ])
})

test('what waited when the app ended is sent after the next start, under the same key', async () => {
  const first = rig([later])
  first.outbox.add('webhook', 'a', 'body')
  await first.runTo(500)
  const second = rig([], JSON.parse(JSON.stringify(first.state.kept)) as WaitingList)
  await second.runTo(2_000)
  expect(second.results).toEqual(['a sent'])
  expect(second.tried[0]?.[1]).toBe('a')
})

test('an alert waits once, and of more than 500 the oldest is given up, and says so', () => {
  const { outbox, results, state } = rig([])
  for (let k = 0; k < 2; k++) outbox.add('webhook', 'a0', '')
  for (let k = 1; k <= mostWaiting; k++) outbox.add('webhook', `a${String(k)}`, '')
  expect(results).toEqual(['a0 failed'])
  expect(state.kept.waiting).toHaveLength(mostWaiting)
})

test('an alert that cannot be kept on its way has failed, and says why', () => {
  const { outbox, results } = rig([], undefined, 'a later Steelyard wrote this file')
  outbox.add('webhook', 'a', '')
  expect(results).toEqual(['a failed'])
  expect(outbox.standing('webhook').results[0]?.detail).toContain('later Steelyard')
})
