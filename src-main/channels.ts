/** Electron channel names beside those of the calls, which are their own. Main and preload must agree on them. */
export const channels = {
  /** Main → window, a Tell. */
  tell: 'tell',
  /** Main → window, with an engine port. */
  port: 'engine-port',
  /** Window → main: a port, please; the window has none, or has lost it. */
  portWanted: 'engine-port-wanted'
} as const
