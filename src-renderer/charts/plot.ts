import { untrack } from 'svelte'
import type { Attachment } from 'svelte/attachments'
import uPlot from 'uplot'

export type PlotOptions = Omit<uPlot.Options, 'width' | 'height'>

/**
 * One uPlot, built once when its element appears, fed by `show`, destroyed with the element. Colours and ranges are functions in the
 * options, so that a new theme or view needs a new drawing, never a new plot.
 */
export class Plot {
  readonly #options: () => PlotOptions
  readonly #columns: number
  #plot: uPlot | undefined

  /** `columns` counts x as one. */
  constructor(columns: number, options: () => PlotOptions) {
    this.#columns = columns
    this.#options = options
  }

  get current(): uPlot | undefined {
    return this.#plot
  }

  /** New data; every scale asks its range anew. */
  show(data: uPlot.AlignedData): void {
    if (data.length === this.#columns) this.#plot?.setData(data)
  }

  /** Builds the plot in an element and keeps it as large as the element; `onSize` is told after a change. */
  attach(onSize: () => void): Attachment<HTMLElement> {
    return (host) => untrack(() => this.#build(host, onSize))
  }

  #build(host: HTMLElement, onSize: () => void): () => void {
    const size = () => ({ width: Math.max(1, host.clientWidth), height: Math.max(1, host.clientHeight) })
    const empty = Array.from({ length: this.#columns }, () => []) as unknown as uPlot.AlignedData
    const plot = new uPlot({ ...this.#options(), ...size() }, empty, host)
    this.#plot = plot
    onSize()
    const observer = new ResizeObserver(() => {
      plot.setSize(size())
      onSize()
    })
    observer.observe(host)
    return () => {
      observer.disconnect()
      this.#plot = undefined
      plot.destroy()
    }
  }
}

/** Where things are on a plot, in CSS px of its canvas. */
export interface Frame {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
  readonly ratio: number
  x(at: number): number
  y(value: number): number
}

/** The frame of the plotting area; `scale` is the y scale's key. */
export function frameOf(plot: uPlot, scale = 'y'): Frame {
  const ratio = uPlot.pxRatio
  const left = plot.bbox.left / ratio
  const top = plot.bbox.top / ratio
  return {
    left,
    top,
    right: left + plot.bbox.width / ratio,
    bottom: top + plot.bbox.height / ratio,
    ratio,
    x: (at) => left + plot.valToPos(at, 'x'),
    y: (value) => top + plot.valToPos(value, scale)
  }
}

/** UTC, whatever the machine's zone is. */
export const utc = (at: number): Date => uPlot.tzDate(new Date(at), 'Etc/UTC')
