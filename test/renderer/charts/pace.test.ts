import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Pace } from '../../../src-renderer/charts/pace'

describe('the drawing pace', () => {
  beforeEach(() => {
    vi.useFakeTimers({
      toFake: ['setTimeout', 'clearTimeout', 'requestAnimationFrame', 'cancelAnimationFrame', 'performance']
    })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('makes at most ten drawings of a thousand asks in a second', () => {
    const draw = vi.fn()
    const pace = new Pace(draw)
    for (let i = 0; i < 1_000; i++) {
      pace.ask()
      vi.advanceTimersByTime(1)
    }
    expect(draw.mock.calls.length).toBeGreaterThanOrEqual(8)
    expect(draw.mock.calls.length).toBeLessThanOrEqual(10)
  })
  it('draws the last ask, late rather than never', () => {
    const draw = vi.fn()
    const pace = new Pace(draw)
    pace.ask()
    vi.advanceTimersByTime(20)
    pace.ask()
    expect(draw).toHaveBeenCalledTimes(1)
    vi.advanceTimersByTime(200)
    expect(draw).toHaveBeenCalledTimes(2)
  })
  it('draws nothing after it was stopped', () => {
    const draw = vi.fn()
    const pace = new Pace(draw)
    pace.ask()
    pace.stop()
    vi.advanceTimersByTime(500)
    expect(draw).not.toHaveBeenCalled()
  })
})
