import { right } from '../charts/time-plot'

/** What moves in time. */
export interface Movable {
  pan(share: number): void
  zoom(factor: number, place: number): void
  follow(): void
}

/** Wheel zooms around the pointer, dragging pans, keys do both. An attachment for the element around the plots. */
export function navigation(view: () => Movable | undefined, changed: () => void) {
  return (element: HTMLElement): (() => void) => {
    const width = () => Math.max(1, element.clientWidth - right)
    const placeOf = (event: MouseEvent) =>
      Math.min(1, Math.max(0, (event.clientX - element.getBoundingClientRect().left) / width()))
    const ended = new AbortController()
    const { signal } = ended
    const onWheel = (event: WheelEvent) => {
      if (event.ctrlKey) return
      event.preventDefault()
      if (event.deltaY !== 0) view()?.zoom(event.deltaY < 0 ? 0.8 : 1.25, placeOf(event))
      if (event.deltaX !== 0) view()?.pan(event.deltaX / width())
      changed()
    }
    const onKey = (event: KeyboardEvent) => {
      const act = keys[event.key]
      const movable = view()
      if (!act || !movable || event.target !== element || event.ctrlKey || event.metaKey || event.altKey)
        return
      event.preventDefault()
      event.stopPropagation()
      act(movable)
      changed()
    }
    element.addEventListener('wheel', onWheel, { passive: false, signal })
    element.addEventListener('keydown', onKey, { signal })
    dragging(element, signal, (pixels) => {
      view()?.pan(-pixels / width())
      changed()
    })
    return () => {
      ended.abort()
    }
  }
}

const keys: Readonly<Record<string, (view: Movable) => void>> = {
  ArrowLeft: (view) => {
    view.pan(-0.1)
  },
  ArrowRight: (view) => {
    view.pan(0.1)
  },
  '+': (view) => {
    view.zoom(0.8, 1)
  },
  '=': (view) => {
    view.zoom(0.8, 1)
  },
  '-': (view) => {
    view.zoom(1.25, 1)
  },
  Home: (view) => {
    view.follow()
  }
}

/** Tells how many px the pressed pointer moved; a click of less than 3 px moves nothing. */
function dragging(element: HTMLElement, signal: AbortSignal, moved: (pixels: number) => void): void {
  let last: number | undefined
  let started = false
  const end = () => {
    last = undefined
    started = false
  }
  element.addEventListener(
    'pointerdown',
    (event) => {
      if (event.button !== 0 || !(event.target as Element).closest('.uplot')) return
      last = event.clientX
    },
    { signal }
  )
  element.addEventListener(
    'pointermove',
    (event) => {
      if (last === undefined) return
      if (event.buttons === 0) {
        end()
        return
      }
      if (!started && Math.abs(event.clientX - last) < 3) return
      if (!started) element.setPointerCapture(event.pointerId)
      started = true
      moved(event.clientX - last)
      last = event.clientX
    },
    { signal }
  )
  for (const name of ['pointerup', 'pointercancel'] as const) element.addEventListener(name, end, { signal })
}
