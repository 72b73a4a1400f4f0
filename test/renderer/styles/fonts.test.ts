import { expect, it } from 'vitest'
import { fontsReady } from '../../../src-renderer/styles/fonts'

it('waits until the bundled faces are there', async () => {
  const asked: string[] = []
  let arrive = (): void => undefined
  const loaded = new Promise<FontFace[]>((done) => {
    arrive = () => {
      done([])
    }
  })
  let isReady = false
  const ready = fontsReady({
    load: (font, text) => {
      asked.push(`${font} ${text ?? ''}`)
      return loaded
    }
  }).then((reason) => {
    isReady = true
    return reason
  })
  await Promise.resolve()
  expect(asked).toEqual(['11px Inter 0ĀΔ'])
  expect(isReady).toBe(false)
  arrive()
  expect(await ready).toBeUndefined()
})

it('says why a face did not load, and keeps nobody waiting', async () => {
  expect(await fontsReady({ load: () => Promise.reject(new Error('no such file')) })).toBe('no such file')
})
