import { cleanup, fireEvent, render, screen, within } from '@testing-library/svelte'
import { afterEach, describe, expect, test } from 'vitest'
import OwnSounds from '../../../src-renderer/panels/alerts/OwnSounds.svelte'
import FileButtons from '../../../src-renderer/panels/alerts/rule-files/FileButtons.svelte'
import { ruleFileOf } from '../../../src-shared/alerts/rule-file'
import { fakeDesk, type FakeDesk } from '../../support/fake-desk.svelte'
import { plainRule } from '../../support/plain-rule'

afterEach(cleanup)

const scope = { kind: 'watchlist', watchlist: 'start' } as const
const here = plainRule({ id: 'here', name: 'Here already', scope })
const bytesOf = (text: string) => new TextEncoder().encode(text)

async function imported(text: string): Promise<FakeDesk> {
  const desk = fakeDesk('sim:BTC-PERP')
  desk.rules.rules = [here]
  desk.opened = { ok: true, name: 'rules.json', bytes: bytesOf(text) }
  render(FileButtons, { desk })
  await fireEvent.click(screen.getByRole('button', { name: 'Import…' }))
  return desk
}

describe('a file of rules', () => {
  test('is shown before anything of it is taken: what is new, what is replaced, what is refused and why', async () => {
    const changed = { ...here, cooldownMs: 120_000 }
    const fresh = plainRule({ id: 'fresh', name: 'Fresh', scope })
    const wrong = { ...fresh, id: 'wrong', name: 'Wrong', minMs: -1 }
    const desk = await imported(ruleFileOf([changed, fresh, wrong]))
    const dialog = within(await screen.findByRole('dialog'))
    expect(dialog.getByText(/1 new, 1 replaces, 1 refused/)).toBeTruthy()
    expect(dialog.getByText(/rule 3, minMs/)).toBeTruthy()
    expect(desk.rules.rules).toEqual([here])
    await fireEvent.click(dialog.getByRole('button', { name: 'Take 2 rules' }))
    await expect.poll(() => desk.rules.rules).toEqual([changed, fresh])
  })

  test('that is none says at which line and why, and nothing is lost', async () => {
    const desk = await imported('{\n  "version": 2,\n  "rules": [ oops ]\n}')
    expect((await screen.findByRole('alert')).textContent).toMatch(/^This is not JSON from line 3 on: /)
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(desk.rules.rules).toEqual([here])
  })
})

describe('an own sound', () => {
  test('is chosen from a file, named and heard at once, and given back for the usual one', async () => {
    const desk = fakeDesk('sim:BTC-PERP')
    desk.opened = { ok: true, name: 'gong.wav', bytes: bytesOf('RIFF') }
    render(OwnSounds, { desk })
    await fireEvent.click(screen.getByRole('button', { name: 'Own sound for Critical' }))
    expect(await screen.findByText('gong.wav')).toBeTruthy()
    expect(desk.channels.heard).toEqual(['sound bid'])
    await fireEvent.click(screen.getByRole('button', { name: 'Usual sound for Critical' }))
    expect(screen.queryByText('gong.wav')).toBeNull()
  })

  test('that cannot be taken says why, and the usual one stays', async () => {
    const desk = fakeDesk('sim:BTC-PERP')
    desk.opened = { ok: true, name: 'tax.pdf', bytes: bytesOf('%PDF') }
    desk.channels.answer = { ok: false, reason: 'this is no sound' }
    desk.channels.takeSound = () => Promise.resolve(desk.channels.answer)
    render(OwnSounds, { desk })
    await fireEvent.click(screen.getByRole('button', { name: 'Own sound for Info' }))
    expect((await screen.findByRole('alert')).textContent).toBe('Not taken: this is no sound')
    expect(screen.queryByText('tax.pdf')).toBeNull()
  })
})
