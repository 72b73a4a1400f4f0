import type { EpisodeWish, Stage } from './stage'

/** Nothing happens here at all: quiet, not broken. What was planned waits as long. */
export function lull(stage: Stage, wish: EpisodeWish): void {
  const { pit, chance, world } = stage
  const ms = 1000 * (wish.seconds ?? chance.between(3, 10))
  pit.mood.isQuiet = true
  world.agenda.postpone(pit, ms)
  stage.begin({})
  stage.wait(ms, () => {
    pit.mood.isQuiet = false
    stage.end()
  })
}
