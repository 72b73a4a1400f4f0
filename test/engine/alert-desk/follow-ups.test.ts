import { expect, test } from 'vitest'
import { FollowUps } from '../../../src-main/engine/alert-desk/follow-ups'
import { millis } from '../../../src-shared/units'
import { anAlert } from '../../support/an-alert'

test('an alert is looked at after 1, 5, 30, 60 and 300 s, its minute after once, and then no more', () => {
  const followUps = new FollowUps()
  followUps.add({ alert: anAlert({ at: millis(1e12) }), halfSpreadBps: 1 })
  const told: string[] = []
  for (let second = 0; second < 400; second++) {
    const { after, outcome } = followUps.due(1e12 + second * 1_000)
    if (outcome.length > 0) told.push(`outcome@${second}`)
    if (after.length > 0) told.push(`after@${second}`)
  }
  expect(told).toEqual(['outcome@2', 'outcome@6', 'outcome@31', 'outcome@61', 'after@61', 'outcome@301'])
})

test('a machine that slept over several horizons looks once', () => {
  const followUps = new FollowUps()
  followUps.add({ alert: anAlert({ at: millis(1e12) }), halfSpreadBps: 1 })
  expect(followUps.due(1e12 + 40_000).outcome).toHaveLength(1)
  expect(followUps.due(1e12 + 41_000).outcome).toHaveLength(0)
})
