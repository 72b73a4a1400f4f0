import { expect, test } from 'vitest'
import type { HttpAnswer } from '../../../src-main/engine/feed/transport'
import { readLine } from '../../../src-main/engine/tape/line'
import { CaptureTap } from '../../../src-main/engine/tape/capture-tap'
import { FakeClock } from '../../support/fake-clock'
import { FakeTransport } from '../../support/fake-transport'

function recording() {
  const lines: string[] = []
  const clock = new FakeClock()
  const tap = new CaptureTap({
    clock,
    write: (line) => lines.push(line),
    isTicket: (url) => url.endsWith('/token')
  })
  const inner = new FakeTransport()
  const heard: string[] = []
  const events = {
    onOpen: () => heard.push('open'),
    onFrame: (bytes: Uint8Array) => heard.push(Buffer.from(bytes).toString()),
    onAlive: () => heard.push('alive'),
    onClose: (reason: string) => heard.push(reason)
  }
  const entries = () => lines.map((line) => JSON.parse(line) as Record<string, unknown>)
  return { tap, inner, events, heard, lines, entries }
}
const options = { maxFrameBytes: 1, handshakeTimeoutMs: 1 }

test('all that passes is written down and passed on, each socket with its number', () => {
  const { tap, inner, events, heard, entries } = recording()
  const transport = tap.transport(inner)
  transport.open('wss://one/', events, options).send('hello')
  inner.latest.open().frame('{"a":"ä\\n"}')
  transport.open('wss://two/', events, options)
  inner.latest.open().close('cut')
  expect(heard).toEqual(['open', '{"a":"ä\\n"}', 'open', 'cut'])
  expect(inner.sockets[0]!.sent).toEqual(['hello'])
  expect(entries().map(({ t, ...rest }) => (expect(t).toMatch(/^\d+\.\d{6}$/), rest))).toEqual([
    { k: 'tx', c: 1, raw: 'hello' },
    { k: 'open', c: 1, url: 'wss://one/' },
    { k: 'rx', c: 1, raw: '{"a":"ä\\n"}' },
    { k: 'open', c: 2, url: 'wss://two/' }
  ])
})

test('a line reads back as the frame that it was', () => {
  const { tap, inner, events, lines } = recording()
  tap.transport(inner).open('wss://one/', events, options)
  inner.latest.open().frame('{"u":1}')
  const frame = readLine(Buffer.from(lines[1]!))
  expect(frame).toMatchObject({ kind: 'rx', socket: 1 })
  expect(Buffer.from(frame!.bytes).toString()).toBe('{"u":1}')
})

test('neither tokens nor the answers that hold them are kept', async () => {
  const { tap, inner, events, entries } = recording()
  const ok: HttpAnswer = { ok: true, bytes: Buffer.from('{"token":"secret"}') }
  const get = tap.http(() => Promise.resolve(ok))
  expect(await get('https://venue/token', { timeoutMs: 1, maxBytes: 1 })).toBe(ok)
  tap.transport(inner).open('wss://venue/?token=secret&connectId=x', events, options)
  inner.latest.open()
  expect(entries()).toMatchObject([{ k: 'open', url: 'wss://venue/?token=TOKEN&connectId=x' }])
})

test('answers are kept with their address, failures are not', async () => {
  const { tap, entries } = recording()
  const answers: HttpAnswer[] = [
    { ok: true, bytes: Buffer.from('[1]') },
    { ok: false, status: 500, reason: 'no' }
  ]
  const get = tap.http(() => Promise.resolve(answers.shift()!))
  await get('https://venue/list', { timeoutMs: 1, maxBytes: 1 })
  await get('https://venue/list', { timeoutMs: 1, maxBytes: 1 })
  expect(entries()).toMatchObject([{ k: 'http', url: 'https://venue/list', raw: '[1]' }])
})
