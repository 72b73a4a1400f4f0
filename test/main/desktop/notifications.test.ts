import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import { Notifications } from '../../../src-main/desktop/notifications'
import type { Alert } from '../../../src-shared/alert'
import { anAlert } from '../../support/an-alert'

class FakeNotification extends EventEmitter {
  shown = false
  show() {
    this.shown = true
  }
  close() {
    this.emit('close')
  }
}

function rig({ supported = true, markup = false } = {}) {
  const bodies: string[] = []
  const made: FakeNotification[] = []
  const clicked: Alert[] = []
  const failures: string[] = []
  const notifications = new Notifications({
    supported: () => supported,
    markup,
    create: ({ body }) => {
      bodies.push(body)
      const notification = new FakeNotification()
      made.push(notification)
      return notification
    },
    onDelivery: () => undefined,
    onClick: (alert) => clicked.push(alert),
    onFirstFailure: (detail) => failures.push(detail)
  })
  const outcomes = () =>
    notifications.deliveries.map(({ alert, outcome, detail }) => [alert, outcome, detail])
  return { made, bodies, clicked, failures, notifications, outcomes }
}

test('an alert is shown, and its delivery noted once the desktop has it', () => {
  const { made, notifications, outcomes } = rig()
  notifications.deliver(anAlert({ id: 'a' }))
  expect(made[0]?.shown).toBe(true)
  expect(outcomes()).toEqual([])
  made[0]?.emit('show')
  expect(outcomes()).toEqual([['a', 'shown', '']])
})

test('a click leads to the alert', () => {
  const { made, clicked, notifications } = rig()
  notifications.deliver(anAlert({ id: 'a' }))
  made[0]?.emit('click')
  expect(clicked.map(({ id }) => id)).toEqual(['a'])
})

test('the user is told of failed delivery once, each alert notes its own', () => {
  const { made, failures, notifications, outcomes } = rig()
  for (const id of ['a', 'b']) notifications.deliver(anAlert({ id }))
  for (const notification of made) notification.emit('failed', {}, '')
  expect(failures).toEqual(['no notification service answered'])
  expect(outcomes()).toEqual([
    ['a', 'failed', 'no notification service answered'],
    ['b', 'failed', 'no notification service answered']
  ])
})

test('without desktop notifications every alert says so, and none is made', () => {
  const { made, notifications, outcomes } = rig({ supported: false })
  notifications.deliver(anAlert({ id: 'a' }))
  expect(made).toEqual([])
  expect(outcomes()[0]?.[1]).toBe('unsupported')
})

test.each([
  [true, '&lt;b&gt;'],
  [false, '<b>']
])('with bodies that are markup (%s) a name of a venue is %s', (markup, shown) => {
  const { bodies, notifications } = rig({ markup })
  notifications.deliver(anAlert({ instrument: 'sim:X', instruments: ['sim:X', 'sim:<b>'] }))
  expect(bodies[0]).toContain(`also ${shown},`)
})
