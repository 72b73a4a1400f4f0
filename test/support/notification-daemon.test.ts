import { execFileSync, spawnSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { NotificationDaemon } from './notification-daemon'
import { startSessionBus } from './session-bus'

const able =
  process.platform === 'linux' &&
  spawnSync('/usr/bin/python3', ['-c', 'import dbus, gi']).status === 0 &&
  spawnSync('dbus-daemon', ['--version']).status === 0

// Sends one notification as an app would, then prints the first action the desktop invokes on it.
const sender = `
import sys, dbus
from dbus.mainloop.glib import DBusGMainLoop
from gi.repository import GLib
DBusGMainLoop(set_as_default=True)
bus = dbus.SessionBus()
loop = GLib.MainLoop()
bus.add_signal_receiver(lambda id, action: (print(id, action), loop.quit()), 'ActionInvoked')
service = dbus.Interface(bus.get_object('org.freedesktop.Notifications', '/org/freedesktop/Notifications'), 'org.freedesktop.Notifications')
service.Notify('Steelyard', 0, '', 'Bids thin out', 'SIM:CALM 5 levels', ['default', 'View'], {'urgency': dbus.Byte(2)}, -1)
if sys.argv[1] == 'wait': loop.run()
`

describe.skipIf(!able)('the recording notification daemon (needs dbus, python3-dbus, python3-gi)', () => {
  let stop = async (): Promise<void> => Promise.resolve()

  beforeAll(async () => {
    const bus = await startSessionBus()
    vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', bus.address)
    stop = bus.stop
  })

  afterAll(async () => {
    vi.unstubAllEnvs()
    await stop()
  })

  test('records what an app sends', async () => {
    const daemon = await NotificationDaemon.start()
    execFileSync('/usr/bin/python3', ['-c', sender, 'go'])
    const notify = await daemon.notified(({ summary }) => summary.startsWith('Bids'))
    expect(notify).toMatchObject({
      id: 1,
      app: 'Steelyard',
      body: 'SIM:CALM 5 levels',
      actions: ['default', 'View'],
      hints: { urgency: 2 },
      timeout: -1
    })
    await daemon.stop()
  })

  test('an automatic click reaches the app as its default action', async () => {
    const daemon = await NotificationDaemon.start({ autoClick: true })
    expect(String(execFileSync('/usr/bin/python3', ['-c', sender, 'wait']))).toBe('1 default\n')
    await daemon.stop()
  })

  test('two commands sent together are both obeyed', async () => {
    const daemon = await NotificationDaemon.start()
    await Promise.all([daemon.click(7), daemon.dismiss(8)])
    expect(daemon.calls.map(({ call }) => call)).toEqual(['ready', 'clicked', 'closed'])
    await daemon.stop()
  })

  test('a second one on the same bus says why it cannot start', async () => {
    const daemon = await NotificationDaemon.start()
    await expect(NotificationDaemon.start()).rejects.toThrow('NameExists')
    await daemon.stop()
  })
})
