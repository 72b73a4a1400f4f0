import type { LevelListener, LevelSide } from './level-side'
import { SideBands } from './side-bands'
import { SideLevels } from './side-levels'

/** All that is summed over one side while its levels change. */
export class SideSums implements LevelListener {
  readonly bands: SideBands
  readonly levels: SideLevels

  constructor(side: LevelSide) {
    this.bands = new SideBands(side)
    this.levels = new SideLevels(side)
  }

  changed(key: number, before: number, size: number): void {
    this.bands.changed(key, before, size)
    this.levels.changed(key, before, size)
  }

  forgot(): void {
    this.bands.forgot()
    this.levels.forgot()
  }

  /** The same levels are now kept by another side. */
  follow(side: LevelSide): void {
    this.bands.follow(side)
    this.levels.follow(side)
  }

  /** Nothing summed so far holds. */
  void(): void {
    this.bands.void()
    this.levels.void()
  }
}
