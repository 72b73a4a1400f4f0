import { expect, test } from 'vitest'
import { dialects } from '../../support/sim-venue/dialects/index'
import { simDesk } from '../../support/sim-venue/sim-desk'

test.each(dialects)(
  '$venue.spec.id goes live, and with nothing wrong stays so and equal to the venue',
  async (dialect) => {
    const desk = simDesk(dialect)
    expect(await desk.goLive()).toBe(true)
    for (let second = 0; second < 120; second++) {
      await desk.clock.pass(1_000)
      desk.oracle.sample()
    }
    desk.stop()
    expect(desk.oracle.lies).toEqual([])
    expect(desk.oracle.outages).toEqual([])
    expect(desk.oracle.looks).toBeGreaterThan(500)
    expect(desk.feed.counts()).toMatchObject({ gaps: 0, rejected: 0 })
  },
  20_000
)
