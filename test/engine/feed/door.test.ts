import { expect, test } from 'vitest'
import { Backoff } from '../../../src-main/engine/feed/backoff'
import type { Guest } from '../../../src-main/engine/feed/door'
import { Door } from '../../../src-main/engine/feed/door'
import { FakeClock } from '../../support/fake-clock'

/** A door and what it says to each guest, in order. */
function doorOf(...names: readonly string[]) {
  const told: string[] = []
  const door = new Door(new FakeClock(), new Backoff(() => 0.5))
  const guests = names.map((name): Guest => ({
    tryIn: (ms) => told.push(`${name} in ${ms}`),
    waitFor: () => told.push(`${name} waits`),
    enter: () => told.push(`${name} enters`)
  }))
  return { door, guests, said: () => told.splice(0) }
}

test('of lines that are lost together one tries, and the others follow once it is in', () => {
  const { door, guests, said } = doorOf('a', 'b', 'c')
  for (const guest of guests) door.failed(guest, 'cut')
  expect(said()).toEqual(['a in 750', 'b waits', 'c waits'])
  expect(guests.map((guest) => door.admits(guest))).toEqual([true, false, false])
  said()
  door.opened()
  expect(said()).toEqual(['b enters', 'c enters'])
  expect(guests.every((guest) => door.admits(guest))).toBe(true)
})

test('after each failure it is the next one’s turn, later and later', () => {
  const { door, guests, said } = doorOf('a', 'b')
  for (const guest of guests) door.failed(guest, 'cut')
  said()
  door.failed(guests[0]!, 'refused')
  expect(said()).toEqual(['b in 1250', 'a waits'])
  door.failed(guests[1]!, 'refused')
  expect(said()).toEqual(['a in 2250', 'b waits'])
})

test('who leaves makes room for the next', () => {
  const { door, guests, said } = doorOf('a', 'b')
  for (const guest of guests) door.failed(guest, 'cut')
  said()
  door.left(guests[0]!)
  expect(said()).toEqual(['b in 750'])
})

test('whom the user asks for tries at once', () => {
  const { door, guests } = doorOf('a', 'b')
  for (const guest of guests) door.failed(guest, 'cut')
  door.forget(guests[1]!)
  expect(door.admits(guests[1]!)).toBe(true)
})

test('who brings what no client should take is left alone for a minute when it does so again', () => {
  const { door, guests, said } = doorOf('a')
  door.failed(guests[0]!, 'a bomb', true)
  expect(said()).toEqual(['a in 750'])
  door.failed(guests[0]!, 'cut')
  expect(said()).toEqual(['a in 1250'])
  door.failed(guests[0]!, 'a bomb', true)
  expect(said()).toEqual(['a in 60000'])
})

test('nobody else is left alone with it: who waited for it tries, and who is cut meanwhile comes back as usual', () => {
  const { door, guests, said } = doorOf('a', 'b', 'c')
  const [a, b, c] = guests as [Guest, Guest, Guest]
  door.failed(a, 'a bomb', true)
  door.failed(b, 'cut')
  expect(said()).toEqual(['a in 750', 'b waits'])
  door.failed(a, 'a bomb', true)
  expect(said()).toEqual(['b in 750', 'a in 60000'])
  door.opened()
  expect(said()).toEqual([])
  // The second failure since the last steady minute: what is left alone does not count.
  door.failed(c, 'cut')
  expect(said()).toEqual(['c in 1250'])
})

test('an attempt is promised no sooner than the venue’s limit of new lines lets it be made', () => {
  const told: number[] = []
  const door = new Door(new FakeClock(), new Backoff(() => 0.5), () => 27_000)
  const guest: Guest = { tryIn: (ms) => told.push(ms), waitFor: () => undefined, enter: () => undefined }
  door.failed(guest, 'refused')
  expect(told).toEqual([27_000])
})
