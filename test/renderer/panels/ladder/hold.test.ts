import { describe, expect, it } from 'vitest'
import { followed } from '../../../../src-renderer/panels/ladder/hold'

describe('where the ladder stands', () => {
  const centred = followed(undefined, 1_000, 10, 20, true)

  it('begins in the middle', () => {
    expect(centred).toEqual({ above: 10, ask: 1_000, group: 10 })
  })
  it('keeps prices in place while the mid stays in the middle 40 %', () => {
    expect(followed(centred, 1_030, 10, 20, true).above).toBe(7)
    expect(followed(centred, 960, 10, 20, true).above).toBe(14)
  })
  it('centres again when the mid leaves it', () => {
    expect(followed(centred, 1_050, 10, 20, true).above).toBe(10)
  })
  it('never centres by itself without the lock', () => {
    expect(followed(centred, 1_200, 10, 20, false).above).toBe(-10)
  })
  it('begins anew when the rows get another width', () => {
    expect(followed({ above: 3, ask: 1_000, group: 5 }, 1_000, 10, 20, false).above).toBe(10)
  })
})
