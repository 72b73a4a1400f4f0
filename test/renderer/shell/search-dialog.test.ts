import { render, screen } from '@testing-library/svelte'
import { tick } from 'svelte'
import { afterEach, describe, expect, it } from 'vitest'
import SearchDialog from '../../../src-renderer/shell/SearchDialog.svelte'
import { WindowDesk } from '../../support/window-desk'

const btc = 'sim:BTC-PERP'
const other = 'binance-usdm:BTCUSDT'

async function searching(): Promise<{ window: WindowDesk; picked: string[] }> {
  const window = new WindowDesk()
  await window.desk.boot()
  window.hello(btc, other, 'sim:ETH-PERP')
  const picked: string[] = []
  window.desk.search((id) => picked.push(id))
  render(SearchDialog, { desk: window.desk })
  await tick()
  return { window, picked }
}

async function press(key: string, shiftKey = false): Promise<void> {
  const field = screen.getByRole('combobox')
  field.dispatchEvent(new KeyboardEvent('keydown', { key, shiftKey, bubbles: true, cancelable: true }))
  await tick()
}

afterEach(() => {
  document.body.replaceChildren()
})

describe('the search', () => {
  it('takes the first with Enter', async () => {
    const { picked } = await searching()
    await press('Enter')
    expect(picked).toHaveLength(1)
  })

  it('adds up the books that were marked, stores the sum and takes it', async () => {
    const { window, picked } = await searching()
    const field = screen.getByRole<HTMLInputElement>('combobox')
    field.value = 'btc'
    field.dispatchEvent(new Event('input', { bubbles: true }))
    await tick()
    await press('Enter', true)
    await press('ArrowDown')
    await press('Enter', true)
    screen.getByRole('button', { name: 'Add up 2 books' }).click()
    await tick()
    const [group] = window.desk.watchlists.groups
    expect(new Set(group?.members)).toEqual(new Set([btc, other]))
    expect(group?.name).toBe('BTC perps')
    expect(picked).toEqual([group?.id])
    expect(window.desk.watchlists.active.instruments).toContain(group?.id)
    expect(window.calls.some(({ name }) => name === 'watchlists:save')).toBe(true)
  })

  it('says why books of two bases do not add up', async () => {
    await searching()
    for (let row = 0; row < 3; row++) {
      await press('Enter', true)
      await press('ArrowDown')
    }
    expect(screen.getByText(/Only books of one base add up/)).toBeTruthy()
  })
})
