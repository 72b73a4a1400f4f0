import { expect, test } from 'vitest'
import { settled, WindowDesk } from '../../support/window-desk'
import { anAlert } from '../../support/an-alert'

const id = 'sim:BTC-PERP'
const entry = (n: number) => ({
  alert: anAlert({ id: `e${n}|FIRE`, episode: `e${n}`, instrument: id }),
  ...{ peak: 1, lastedMs: NaN, endedUnknown: false, deliveries: [], note: '', tag: '' as const }
})

function greeted(): WindowDesk {
  const window = new WindowDesk()
  window.hello(id)
  return window
}

test('an answer finds the one who asked, whatever else was asked meanwhile', async () => {
  const window = greeted()
  const { alertDesk } = window.desk
  const one = alertDesk.history({ episode: 'e1' }, 1)
  const two = alertDesk.history({ episode: 'e2' }, 1)
  const [first, second] = window.commands
    .filter((command) => command.kind === 'alert-history')
    .map(({ request }) => request)
  window.frame({ kind: 'alert-history', request: second!, entries: [entry(2)], more: false })
  window.frame({ kind: 'alert-history', request: first!, entries: [entry(1)], more: true })
  expect(await one).toMatchObject({
    ok: true,
    value: { more: true, entries: [{ alert: { episode: 'e1' } }] }
  })
  expect(await two).toMatchObject({ ok: true, value: { entries: [{ alert: { episode: 'e2' } }] } })
})

test('who waits while the engine goes is told so, as is who asks while it is away', async () => {
  const window = greeted()
  const waiting = window.desk.alertDesk.evidence('e1')
  window.desk.disconnect()
  expect(await waiting).toMatchObject({ ok: false })
  expect(await window.desk.alertDesk.scores()).toMatchObject({ ok: false })
  expect(window.desk.alertDesk.centre).toBeUndefined()
})

test('entries of an instrument are asked for once, and what changes takes the place of what was known', async () => {
  const window = greeted()
  const { alertDesk } = window.desk
  alertDesk.askEntries(id)
  alertDesk.askEntries(id)
  const asked = window.commands.filter((command) => command.kind === 'alert-history')
  expect(asked).toHaveLength(1)
  window.frame({ kind: 'alert-history', request: asked[0]!.request, entries: [entry(1)], more: false })
  await settled()
  window.frame({ kind: 'alert-entry', entry: { ...entry(1), tag: 'noise' } })
  expect(alertDesk.entries(id).map(({ tag }) => tag)).toEqual(['noise'])
})

test('a clicked notification opens the card of its episode', () => {
  const window = greeted()
  window.tell({ kind: 'focus', instrument: id, alert: 'r|sim:BTC-PERP|bid|7|FIRE' })
  expect(window.desk.alertDesk.shown).toBe('r|sim:BTC-PERP|bid|7')
  expect(window.desk.selected).toBe(id)
})
