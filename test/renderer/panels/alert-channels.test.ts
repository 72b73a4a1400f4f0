import { cleanup, fireEvent, render, screen } from '@testing-library/svelte'
import { flushSync } from 'svelte'
import { afterEach, expect, test } from 'vitest'
import Alerts from '../../../src-renderer/panels/alerts/Alerts.svelte'
import { toldWords, withChannel } from '../../../src-renderer/panels/alerts/told'
import { notesOf } from '../../../src-renderer/sound/tones'
import type { ChannelStanding } from '../../../src-shared/alerts/channels'
import { faultsOf } from '../../support/axe'
import { fakeDesk, start, type FakeDesk } from '../../support/fake-desk.svelte'

afterEach(cleanup)

function open(desk: FakeDesk) {
  return render(Alerts, {
    desk,
    tab: { id: 'tab', panel: 'alerts', choices: { view: 'channels' } },
    instrument: undefined,
    choose: () => undefined
  })
}
const standing = (other: Partial<ChannelStanding>): ChannelStanding => ({
  ...{ channel: 'webhook', hasSecret: false, wanting: '', waiting: 0, failures: 0, results: [] },
  ...other
})

test('an address is used only once its host is confirmed', async () => {
  const desk = fakeDesk()
  open(desk)
  await fireEvent.change(screen.getByLabelText('Address'), { target: { value: 'https://hook.example/x' } })
  flushSync()
  expect(desk.channels.settings.webhook).toMatchObject({ url: 'https://hook.example/x', confirmedHost: '' })
  await fireEvent.click(screen.getByRole('button', { name: 'Send them there' }))
  flushSync()
  expect(desk.channels.settings.webhook.confirmedHost).toBe('hook.example')
  expect(screen.queryByRole('button', { name: 'Send them there' })).toBeNull()
})

test('a secret that was kept is not shown again', async () => {
  const desk = fakeDesk()
  open(desk)
  const field = screen.getByLabelText<HTMLInputElement>('Signing secret')
  expect(field.type).toBe('password')
  await fireEvent.input(field, { target: { value: 'word' } })
  await fireEvent.submit(field.closest('form')!)
  desk.channels.standings = [standing({ hasSecret: true })]
  flushSync()
  expect(desk.channels.secrets).toEqual([['webhook-secret', 'word']])
  expect(field.value).toBe('')
  expect(field.placeholder).toContain('kept')
})

test('a paused channel says since when, why, and what ends it', () => {
  const desk = fakeDesk()
  const results = [
    { alert: 'a', channel: 'webhook', at: start, outcome: 'waiting', detail: 'answered 503' }
  ] as const
  desk.channels.standings = [standing({ pausedSince: start, failures: 10, waiting: 3, results })]
  open(desk)
  const text = document.body.textContent
  expect(text).toContain('Paused since 15:02:11')
  expect(text).toContain('answered 503')
  expect(text).toContain('3 waiting')
})

test('a failed test is told with its reason', async () => {
  const desk = fakeDesk()
  desk.channels.answer = { ok: false, reason: 'it has no bot token' }
  open(desk)
  await fireEvent.click(screen.getAllByRole('button', { name: 'Send test' })[0]!)
  expect(await screen.findByText('The test failed: it has no bot token.')).toBeTruthy()
})

test('the channels are clean for a screen reader', async () => {
  const { container } = open(fakeDesk())
  expect(await faultsOf(container)).toEqual([])
})

test('bid and ask sound apart: one rises, the other falls; critical repeats, info is short', () => {
  const hertz = (side: 'bid' | 'ask', severity: 'info' | 'warn' | 'critical') =>
    notesOf({ side, severity }).map((note) => note.hertz)
  const [low, high] = hertz('bid', 'warn')
  expect(low).toBeLessThan(high!)
  expect(hertz('ask', 'warn')).toEqual([high, low])
  expect(hertz('bid', 'critical')).toEqual([low, high, low, high, low, high])
  expect(hertz('bid', 'info')).toEqual([high])
})

test('a rule says where it tells, and a channel taken away leaves the others', () => {
  expect(toldWords({ channels: ['feed'] })).toBe('Feed only')
  expect(toldWords({ channels: withChannel(['feed', 'sound:2'], 'desktop', true) })).toBe('Feed and desktop')
  expect(withChannel(['feed', 'desktop', 'sound'], 'desktop', false)).toEqual(['feed', 'sound'])
  expect(toldWords({ channels: ['feed', 'desktop', 'sound'] })).toBe('Feed, desktop and sound')
})
