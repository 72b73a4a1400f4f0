import { nobody } from '../../engine/feed/nobody'
import type { CaptureListener } from './read-capture'

const nothing = (): void => undefined

/** Hears everything and does nothing: a study takes it over and listens to what it needs. */
export const silent: CaptureListener = {
  ...nobody,
  onDiff: nothing,
  onFrame: () => true,
  afterFrame: nothing
}
