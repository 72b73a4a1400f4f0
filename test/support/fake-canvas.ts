import { tick } from 'svelte'
import { vi } from 'vitest'

/** Texts written and areas filled on every canvas of a test, since the last `clear`. */
export interface FakeCanvas {
  readonly texts: string[]
  /** Fill styles in the order of their use. */
  readonly fills: string[]
  /** Fresh, as after clearing the screen. */
  clear(): void
}

/**
 * Gives happy-dom, which draws nothing, canvases that write down what is drawn: letters in the order of their place, as the figures
 * are set letter by letter. Each look at the page's clock is a second later, so that no pace keeps a drawing waiting. Call the returned `restore` afterwards.
 */
export function fakeCanvas(width = 360, height = 420): FakeCanvas & { readonly restore: () => void } {
  const texts: string[] = []
  const fills: string[] = []
  const context = new Proxy<Record<string, unknown>>(
    {},
    {
      get: (own, name) => {
        if (name === 'measureText') return (text: string) => ({ width: text.length * 6 })
        if (name === 'createLinearGradient') return () => ({ addColorStop: () => undefined })
        if (name === 'fillText') return (text: string) => void texts.push(text)
        if (name === 'fillRect') return () => void fills.push(String(own['fillStyle']))
        return name in own ? own[name as string] : () => undefined
      },
      set: (own, name, value) => {
        own[name as string] = value
        return true
      }
    }
  )
  const surface = { width: 0, height: 0, getContext: () => context, addEventListener: () => undefined }
  const prototype = HTMLCanvasElement.prototype
  let seconds = 0
  const spies = [
    vi.spyOn(performance, 'now').mockImplementation(() => ++seconds * 1_000),
    vi.spyOn(prototype, 'transferControlToOffscreen').mockImplementation((() => surface) as never),
    vi.spyOn(prototype, 'getContext').mockImplementation((() => context) as never),
    vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(width),
    vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(height)
  ]
  vi.stubGlobal('Path2D', FakePath)
  vi.stubGlobal(
    'OffscreenCanvas',
    class {
      readonly getContext = () => context
    }
  )
  return {
    texts,
    fills,
    clear: () => {
      texts.length = fills.length = 0
    },
    restore: () => {
      for (const spy of spies) spy.mockRestore()
      vi.unstubAllGlobals()
    }
  }
}

class FakePath {
  readonly addPath = () => undefined
  readonly moveTo = () => undefined
  readonly lineTo = () => undefined
  readonly rect = () => undefined
  readonly arc = () => undefined
  readonly closePath = () => undefined
}

/** What was changed has been drawn: the page knows it, its next frame has come. */
export async function drawn(): Promise<void> {
  await tick()
  await new Promise((done) => requestAnimationFrame(done))
  await tick()
}
