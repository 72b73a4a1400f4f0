import { describe, expect, it } from 'vitest'
import { EnginePort } from '../../src-renderer/port'
import type { EngineFrame } from '../../src-shared/contract/frames'
import { millis } from '../../src-shared/units'

/** A message port whose other end is the test. */
class FakePort extends EventTarget {
  readonly sent: unknown[] = []
  onmessage: ((event: { data: unknown }) => void) | undefined
  postMessage(message: unknown): void {
    this.sent.push(message)
  }
  start(): void {
    this.started = true
  }
  close(): void {
    this.closed = true
  }
  started = false
  closed = false
}

const frame: EngineFrame = {
  kind: 'market',
  number: 7,
  at: millis(1),
  instruments: [],
  samples: new Float64Array(),
  books: [],
  trades: []
}

function opened() {
  const page = new EventTarget()
  const world = { wanted: 0, lost: 0, frames: [] as EngineFrame[], drawn: [] as (() => void)[] }
  const port = new EnginePort({
    page,
    wantPort: () => world.wanted++,
    onFrame: (received) => world.frames.push(received),
    onLost: () => world.lost++,
    afterDrawing: (done) => world.drawn.push(done)
  })
  const give = () => {
    const end = new FakePort()
    const event = Object.assign(new Event('message'), {
      data: { kind: 'steelyard-port' },
      ports: [end],
      source: null
    })
    page.dispatchEvent(event)
    return end
  }
  return { port, world, give }
}

describe('the port to the engine', () => {
  it('acknowledges a frame after it was drawn, not before', () => {
    const { world, give } = opened()
    const end = give()
    end.onmessage?.({ data: frame })
    expect(world.frames).toEqual([frame])
    expect(end.sent).toEqual([])
    world.drawn[0]!()
    expect(end.sent).toEqual([{ kind: 'ack', number: 7 }])
  })

  it('asks for another when it closes', () => {
    const { world, give } = opened()
    const end = give()
    expect(world.wanted).toBe(1)
    end.dispatchEvent(new Event('close'))
    expect(world).toMatchObject({ lost: 1, wanted: 2 })
  })

  it('hears nothing more of a port that was replaced', () => {
    const { world, give } = opened()
    const old = give()
    give()
    expect(old.closed).toBe(true)
    old.onmessage?.({ data: frame })
    old.dispatchEvent(new Event('close'))
    expect(world.frames).toEqual([])
    expect(world.lost).toBe(0)
  })
})
