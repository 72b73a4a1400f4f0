import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Agenda } from '../../../src-main/engine/market/agenda'

function drain(agenda: Agenda<string>): void {
  for (let next = agenda.take(); next; next = agenda.take()) next.act()
}

test('what is planned happens in time order, ties in the order of planning', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20)), (times) => {
      const agenda = new Agenda<string>(0)
      const happened: [number, number][] = []
      times.forEach((at, i) => {
        agenda.plan(at, undefined, () => happened.push([at, i]))
      })
      drain(agenda)
      expect(happened).toEqual(times.map((at, i) => [at, i]).sort(([a, i], [b, j]) => a! - b! || i! - j!))
    })
  )
})

test('one owner can be dropped or put off without touching the others', () => {
  const agenda = new Agenda<string>(0)
  const happened: string[] = []
  for (const [at, owner] of [
    [1, 'a'],
    [2, 'b'],
    [3, 'c'],
    [4, 'a']
  ] as const)
    agenda.plan(at, owner, () => happened.push(`${owner}${agenda.now}`))
  agenda.postpone('a', 10)
  agenda.drop('b')
  drain(agenda)
  expect(happened).toEqual(['c3', 'a11', 'a14'])
})

test('a leap moves the shown clock and leaves what is planned as far away as it was', () => {
  const agenda = new Agenda<string>(1000.7)
  agenda.plan(1010, undefined, () => undefined)
  agenda.leap(60_000)
  expect(agenda.clock).toBe(61_000)
  expect(agenda.nextAt).toBe(1010)
  expect(agenda.inner(61_010)).toBe(1010)
})
