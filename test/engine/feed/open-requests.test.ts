import { expect, test } from 'vitest'
import { OpenRequests } from '../../../src-main/engine/feed/open-requests'

test('a request is answered with its last frame, once, and without those that were left since', () => {
  const open = new OpenRequests()
  open.asked(1, ['A'], 1)
  open.asked(3, ['B', 'C', 'D'], 2)
  open.left('C')
  expect([...open.answered(2)]).toEqual([])
  expect([...open.answered(3)]).toEqual([])
  expect([...open.answered(3)]).toEqual(['B', 'D'])
  expect([...open.answered(3)]).toEqual([])
  expect([...open.answered(1)]).toEqual(['A'])
})

test('of requests that are never answered the oldest are forgotten', () => {
  const open = new OpenRequests()
  for (let id = 1; id <= 257; id++) open.asked(id, [`${id}`], 1)
  expect([...open.answered(1)]).toEqual([])
  expect([...open.answered(2)]).toEqual(['2'])
})
