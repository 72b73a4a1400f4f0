import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

/**
 * Starts a session bus of our own, so that a test neither sees nor disturbs the desktop's.
 * @returns its address, for DBUS_SESSION_BUS_ADDRESS
 */
export async function startSessionBus(): Promise<{ address: string; stop: () => Promise<void> }> {
  const bus = spawn('dbus-daemon', ['--session', '--nofork', '--print-address=1'], {
    stdio: ['ignore', 'pipe', 'ignore']
  })
  const [address] = (await once(createInterface(bus.stdout), 'line')) as [string]
  const stop = async (): Promise<void> => {
    const closed = once(bus, 'close')
    bus.kill()
    await closed
  }
  return { address, stop }
}
