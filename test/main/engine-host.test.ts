import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { EngineHost } from '../../src-main/engine-host'
import type { EngineEvents } from '../../src-main/engine-process'
import type { EngineControl } from '../../src-shared/contract/control'
import { defaultRules } from '../../src-shared/default-rules'
import { defaultSettings } from '../../src-shared/settings'
import { defaultWatchlists } from '../../src-shared/watchlist'

beforeEach(() => void vi.useFakeTimers({ now: 0 }))
afterEach(() => void vi.useRealTimers())

const configure = {
  kind: 'configure',
  settings: defaultSettings,
  watchlists: defaultWatchlists,
  rules: defaultRules,
  bans: []
} as const

/** A host whose engines are puppets; `engines` holds them, the latest last. */
function rig() {
  const engines: (EngineEvents & { posted: EngineControl['kind'][]; killed: boolean })[] = []
  const states: string[] = []
  const host = new EngineHost<never>({
    start: (events) => {
      const engine = { ...events, posted: [] as EngineControl['kind'][], killed: false }
      engines.push(engine)
      return {
        pid: () => engines.length,
        post: ({ kind }) => engine.posted.push(kind),
        kill: () => {
          engine.killed = true
          events.onExit(9)
        }
      }
    },
    configure: () => configure,
    remember: () => ({ kind: 'remember', memories: [] }),
    onReport: () => undefined,
    onState: ({ state, reason }) => states.push(reason === '' ? state : `${state}: ${reason}`)
  })
  host.start()
  return { host, engines, states }
}

test('an engine is told everything at once, and runs when it says so', () => {
  const { host, engines, states } = rig()
  expect(engines[0]?.posted).toEqual(['remember', 'configure'])
  expect(host.post({ kind: 'power', state: 'resume' })).toBe(false)
  engines[0]?.onReport({ kind: 'ready' })
  expect(host.post({ kind: 'power', state: 'resume' })).toBe(true)
  expect(states).toEqual(['starting', 'running'])
})

test('a crash is said at once with its reason, and the engine is back after a second', () => {
  const { engines, states } = rig()
  engines[0]?.onReport({ kind: 'ready' })
  engines[0]?.onReport({ kind: 'fault', message: 'out of memory' })
  engines[0]?.onExit(1)
  expect(states.at(-1)).toBe('restarting: out of memory')
  vi.advanceTimersByTime(999)
  expect(engines).toHaveLength(1)
  vi.advanceTimersByTime(1)
  expect(engines).toHaveLength(2)
})

test('nothing is posted to an engine that is gone', () => {
  const { host, engines } = rig()
  engines[0]?.onReport({ kind: 'ready' })
  engines[0]?.onExit(1)
  expect(host.post({ kind: 'stop' })).toBe(false)
  host.configure()
  expect(engines[0]?.posted).toEqual(['remember', 'configure'])
})

test('ten silent seconds end an engine, and another takes its place', () => {
  const { engines, states } = rig()
  engines[0]?.onReport({ kind: 'ready' })
  vi.advanceTimersByTime(9_999)
  expect(engines[0]?.killed).toBe(false)
  vi.advanceTimersByTime(1)
  expect(engines[0]?.killed).toBe(true)
  expect(states.at(-1)).toBe('restarting: the engine did not answer for 10 s')
  vi.advanceTimersByTime(1_000)
  expect(engines).toHaveLength(2)
})

test('any word from the engine breaks the silence', () => {
  const { engines } = rig()
  vi.advanceTimersByTime(9_000)
  engines[0]?.onReport({ kind: 'ready' })
  vi.advanceTimersByTime(9_000)
  expect(engines[0]?.killed).toBe(false)
})

test('an engine that crashes six times in a minute stays down until the user tries again', () => {
  const { host, engines, states } = rig()
  for (const wait of [1_000, 2_000, 5_000, 10_000, 30_000]) {
    engines.at(-1)?.onExit(1)
    vi.advanceTimersByTime(wait)
  }
  engines.at(-1)?.onExit(1)
  expect(states.at(-1)).toMatch(/^failed: 6 crashes within a minute/)
  vi.advanceTimersByTime(600_000)
  expect(engines).toHaveLength(6)
  host.tryAgain()
  expect(engines).toHaveLength(7)
})

test('the late words of a dead engine are not taken for its successor’s', () => {
  const { engines, states } = rig()
  engines[0]?.onExit(1)
  vi.advanceTimersByTime(1_000)
  engines[0]?.onReport({ kind: 'ready' })
  expect(states.at(-1)).not.toBe('running')
})

test('a stop is asked for, and forced after two seconds', async () => {
  const { host, engines } = rig()
  const stopped = host.stop()
  expect(engines[0]?.posted.at(-1)).toBe('stop')
  vi.advanceTimersByTime(1_999)
  expect(engines[0]?.killed).toBe(false)
  vi.advanceTimersByTime(1)
  await stopped
  expect(engines[0]?.killed).toBe(true)
  vi.advanceTimersByTime(60_000)
  expect(engines).toHaveLength(1)
})
