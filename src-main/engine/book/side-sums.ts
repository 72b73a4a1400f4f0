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

  get floor(): number {
    const { bands, levels } = this
    return bands.floor < levels.floor ? bands.floor : levels.floor
  }

  changed(key: number, before: number, size: number): void {
    const { bands, levels } = this
    if (key >= bands.floor) bands.changed(key, before, size)
    if (key >= levels.floor) levels.changed(key, before, size)
  }

  forgot(): void {
    this.void()
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
