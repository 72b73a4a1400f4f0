import { test } from 'vitest'
import { dialects } from '../../support/sim-venue/dialects/index'
import { simDesk } from '../../support/sim-venue/sim-desk'
test('half open, per dialect', async () => {
  for (const quiet of [false, true])
  for (const d of dialects) {
    const desk = simDesk(d, {})
    if (!(await desk.goLive(60_000))) { console.log(d.venue.spec.id, 'never live'); continue }
    await desk.clock.pass(20_000)
    if (quiet) { for (const l of desk.sim.listings) desk.sim.pace(l.symbol, Infinity)
    await desk.clock.pass(10 * 60_000) }
    const c0 = desk.network.connects.length
    const t0 = desk.clock.mono()
    desk.network.halfOpen()
    let stale = NaN, drop = NaN, first=''
    for (let i = 0; i < 600; i++) {
      await desk.clock.pass(100)
      if (Number.isNaN(stale) && desk.ids.every((id) => !desk.feed.lane(id)!.isLive)) stale = desk.clock.mono() - t0
      if (!first && desk.ids.some((id) => !desk.feed.lane(id)!.isLive)) first = String(desk.clock.mono()-t0)
      if (desk.network.connects.length > c0) { drop = desk.clock.mono() - t0; break }
    }
    console.log(quiet ? 'QUIET' : 'busy', d.venue.spec.id, 'first not live', first, 'all not live', stale, 'replaced', drop, c0)
    desk.stop()
  }
}, 120_000)
test('one hour of quiet, per dialect', async () => {
  for (const d of dialects) {
    const t=performance.now()
    const desk = simDesk(d, { paceMs: 1_000 })
    if (!(await desk.goLive(60_000))) { console.log(d.venue.spec.id, 'never'); continue }
    await desk.clock.pass(30_000)
    for (const l of desk.sim.listings) desk.sim.pace(l.symbol, Infinity)
    const c0 = desk.network.connects.length
    const from = desk.oracle.statuses.length
    await desk.clock.pass(3_600_000)
    const non = desk.oracle.statuses.slice(from).filter((s: any) => s.id === desk.ids[0] && s.status.state !== 'live')
    console.log(d.venue.spec.id, 'connects', desk.network.connects.length - c0, 'left live', non.length, non.slice(0, 2).map((s: any) => s.status.state + ':' + s.status.reason).join(' | '), Math.round(performance.now()-t),'ms', desk.feed.links().map(l=>l.clockOffsetMs))
    desk.stop()
  }
}, 200_000)
