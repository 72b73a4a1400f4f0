import { expect, test, vi } from 'vitest'
import { guardCalls, isOurPage, senderOf } from '../../src-main/guarded-calls'
import type { Answers } from '../../src-shared/contract/calls'
import { defaultSettings } from '../../src-shared/settings'

const origin = 'app://steelyard'

/** A main process whose every answer is `yes`, and a way to ask it from `url`. */
function rig() {
  const handlers = new Map<string, (event: never, ...args: unknown[]) => unknown>()
  const save = vi.fn(() => ({ ok: true }))
  const answers = new Proxy({}, { get: () => save }) as Answers
  guardCalls({ handle: (name, handler) => void handlers.set(name, handler) }, origin, answers)
  const ask = (senderFrame: unknown, name: string, ...args: unknown[]) =>
    handlers.get(name)?.({ senderFrame } as never, ...args)
  return { ask, save, names: [...handlers.keys()] }
}
const page = { url: `${origin}/index.html`, parent: null }

test('our page is answered', async () => {
  const { ask, save } = rig()
  await expect(ask(page, 'settings:save', defaultSettings)).resolves.toEqual({ ok: true })
  expect(save).toHaveBeenCalledWith(defaultSettings)
})

test('nobody else is: no frame, a frame in the page, another origin', async () => {
  const { ask, save } = rig()
  const others = [
    null,
    { url: `${origin}/`, parent: {} },
    { url: 'app://steelyard.example/', parent: null },
    { url: 'app://steelyard@example/', parent: null },
    { url: 'file:///index.html', parent: null },
    { url: 'https://example.com/', parent: null },
    { url: 'about:blank', parent: null },
    { url: '', parent: null }
  ]
  for (const other of others)
    await expect(ask(other, 'app:boot')).rejects.toThrow('asked from outside the app')
  expect(save).not.toHaveBeenCalled()
})

test.each([
  ['settings:save', []],
  ['settings:save', [{ ...defaultSettings, theme: 'pink' }]],
  ['settings:save', [{ ...defaultSettings, extra: 1 }]],
  ['settings:save', [defaultSettings, defaultSettings]],
  ['rules:test', [7]],
  ['rules:test', ['']],
  ['app:dismiss-notice', [{}]],
  ['layouts:save', ['__proto__']]
])('%s is refused with a reason when asked with %j', async (name, args) => {
  const { ask, save } = rig()
  await expect(ask(page, name, ...args)).resolves.toMatchObject({
    ok: false,
    reason: expect.stringContaining(name)
  })
  expect(save).not.toHaveBeenCalled()
})

test('the development server is another origin, and only that one is then answered', () => {
  const sender = senderOf({ senderFrame: { url: 'http://localhost:5173/', parent: null } } as never)
  expect(isOurPage(sender, 'http://localhost:5173')).toBe(true)
  expect(isOurPage(sender, origin)).toBe(false)
})
