import { expect, test } from 'vitest'
import { banned, noBans } from '../../../src-main/store/bans'
import { millis } from '../../../src-shared/units'

const ban = (venue: string, until: number) => ({ venue, until: millis(until), reason: '418' })

test('a venue has one ban, its newest', () => {
  const once = banned(noBans, ban('a', 100), millis(0))
  expect(banned(once, ban('a', 200), millis(50)).bans).toEqual([ban('a', 200)])
})

test('bans that are over are forgotten', () => {
  const once = banned(noBans, ban('a', 100), millis(0))
  expect(banned(once, ban('b', 300), millis(100)).bans).toEqual([ban('b', 300)])
})
