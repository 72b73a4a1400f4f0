import { powerMonitor } from 'electron'

/** What arrives after a sleep is old: the engine must know. */
export function onPower(listen: (state: 'suspend' | 'resume') => void): void {
  powerMonitor.on('suspend', () => {
    listen('suspend')
  })
  powerMonitor.on('resume', () => {
    listen('resume')
  })
}
