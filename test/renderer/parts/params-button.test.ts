import { cleanup, fireEvent, render, screen } from '@testing-library/svelte'
import { tick } from 'svelte'
import { afterEach, describe, expect, it } from 'vitest'
import ParamsButton from '../../../src-renderer/parts/ParamsButton.svelte'
import { checkParams, paramsOf, withParams } from '../../../src-renderer/parts/params'
import { defaultSettings } from '../../../src-shared/settings'
import { fakeDesk, metrics } from '../../support/fake-desk.svelte'

const delta = metrics.find(({ id }) => id === 'delta')!
const typed = (more: Readonly<Record<string, string>>) => ({ ...paramsOf(delta, defaultSettings), ...more })

describe('parameters', () => {
  it('are the defaults until the settings say otherwise', () => {
    expect(paramsOf(delta, defaultSettings)).toMatchObject({ interval: '60', step: '1', coverage: '0.95' })
    const settings = { ...defaultSettings, metrics: { delta: { interval: 300 } } }
    expect(paramsOf(delta, settings)).toMatchObject({ interval: '300' })
  })
  it('must be numbers in their range, and whole where they must be', () => {
    expect(checkParams(delta, typed({ interval: ' 300 ' }))).toMatchObject({
      ok: true,
      values: { interval: 300 }
    })
    for (const interval of ['', 'soon', '4', '3601', '60.5', 'Infinity', '1e999', '0x10'])
      expect(checkParams(delta, typed({ interval }))).toMatchObject({
        ok: false,
        problems: { interval: 'A whole number from 5 to 3,600.' }
      })
  })
  it('have moments as times in UTC, and nothing for none', () => {
    const vwap = metrics.find(({ id }) => id === 'vwap')!
    const anchored = { ...defaultSettings, metrics: { vwap: { anchor: 1_786_111_800 } } }
    expect(paramsOf(vwap, defaultSettings)['anchor']).toBe('')
    expect(paramsOf(vwap, anchored)['anchor']).toBe('2026-08-07 14:10')
    const checked = (anchor: string) => checkParams(vwap, { ...paramsOf(vwap, defaultSettings), anchor })
    expect(checked('2026-08-07 14:10')).toMatchObject({ ok: true, values: { anchor: 1_786_111_800 } })
    expect(checked('2026-08-07T14:10:01')).toMatchObject({ ok: true, values: { anchor: 1_786_111_801 } })
    expect(checked(' ')).toMatchObject({ ok: true, values: { anchor: 0 } })
    for (const anchor of ['soon', '1786111800', '2026-13-07 14:10', '2026-08-07 25:10', '2026-08-07'])
      expect(checked(anchor)).toMatchObject({
        ok: false,
        problems: { anchor: 'A time in UTC as 2026-11-26 14:30, or nothing.' }
      })
  })
  it('are kept only where they differ from the defaults', () => {
    const settings = { ...defaultSettings, metrics: { delta: { interval: 300 }, vwap: { window: 60 } } }
    expect(withParams(settings, delta, { interval: 60, step: 2 }).metrics).toEqual({
      ...{ delta: { step: 2 }, vwap: { window: 60 } }
    })
    expect(withParams(settings, delta, { interval: 60, step: 1 }).metrics).toEqual({ vwap: { window: 60 } })
  })
})

describe('the form of parameters', () => {
  afterEach(cleanup)
  const open = async () => {
    const desk = fakeDesk('sim:BTCUSDT')
    render(ParamsButton, { desk, metrics: ['delta', 'spread'] })
    await fireEvent.click(screen.getByRole('button', { name: 'Parameters' }))
    await tick()
    return desk
  }

  it('saves what is sound, and says what is not', async () => {
    const desk = await open()
    const input = screen.getByLabelText('Footprint interval')
    await fireEvent.input(input, { target: { value: '7200' } })
    expect(screen.getByText('A whole number from 5 to 3,600.')).toBeTruthy()
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Apply' }).disabled).toBe(true)
    await fireEvent.input(input, { target: { value: '300' } })
    await fireEvent.submit(input.closest('form')!)
    expect(desk.settings.metrics).toEqual({ delta: { interval: 300 } })
  })
  it('goes back to the defaults', async () => {
    const desk = await open()
    desk.settings = { ...desk.settings, metrics: { delta: { interval: 300 } } }
    await tick()
    await fireEvent.click(screen.getByRole('button', { name: 'Defaults' }))
    await fireEvent.submit(screen.getByLabelText('Footprint interval').closest('form')!)
    expect(desk.settings.metrics).toEqual({})
  })
  it('is not offered where nothing can be set', () => {
    render(ParamsButton, { desk: fakeDesk('sim:BTCUSDT'), metrics: ['spread'] })
    expect(screen.queryByRole('button', { name: 'Parameters' })).toBeNull()
  })
})
