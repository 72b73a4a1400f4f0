import type { DepthHistory } from '../../charts/depth-history'
import type { Gathered, HeatCells, HeatWindow } from '../../charts/heatmap'
import { gatherOn, paint, roomFor } from '../../charts/heatmap'
import type { Frame } from './frame'
import { columnsAcross, rowsDown } from './frame'

/** What the pixels were painted from. */
interface Painted {
  /** Columns of time, counted from zero, that the pixel columns show, and rows of the window that the pixel rows show. */
  readonly columns: Int32Array
  readonly rows: Int32Array
  readonly table: Uint32Array
  readonly window: HeatWindow
}

/**
 * The coloured picture on a canvas of its own: while it stands still only the columns that have changed are painted again, and what is drawn over it on the
 * screen costs it nothing.
 */
export class HeatLayer {
  #cells: HeatCells | undefined
  #gathered: Gathered | undefined
  /** The first column that differs from what was painted; Infinity where none does. */
  #stale = 0
  #pixels = new Uint32Array(0)
  #image: ImageData | undefined
  #canvas: OffscreenCanvas | undefined
  #painted: Painted | undefined

  /** Reads what `window` shows. */
  gather(history: DepthHistory, window: HeatWindow): HeatCells {
    this.#cells = roomFor(window.columns, window.rows, this.#cells)
    this.#gathered = gatherOn(history, window, this.#cells, this.#gathered)
    this.#stale = Math.min(this.#stale, window.column + this.#gathered.from)
    return this.#cells
  }

  /** The picture of what was gathered last, `wide` x `tall` device pixels. */
  paint(
    frame: Frame,
    history: DepthHistory,
    [wide, tall]: readonly [number, number],
    table: Uint32Array
  ): OffscreenCanvas | undefined {
    const [cells, window] = [this.#cells, this.#gathered?.window]
    const ctx = this.#contextFor(wide, tall)
    if (!cells || !window || !ctx || !this.#image) return undefined
    const across = columnsAcross(frame, window, wide)
    const columns = across.map((column) => column + window.column)
    const rows = rowsDown(frame, window, history.step, tall)
    const before = this.#painted
    const stays =
      before?.table === table &&
      before.window.row === window.row &&
      before.window.per === window.per &&
      isSame(before.columns, columns) &&
      isSame(before.rows, rows)
    const first = stays ? columns.findIndex((column) => column >= this.#stale) : 0
    this.#painted = { columns, rows, table, window }
    this.#stale = Infinity
    if (first < 0) return ctx.canvas
    paint(this.#pixels, cells, across, rows, table, first)
    ctx.putImageData(this.#image, 0, 0, first, 0, wide - first, tall)
    return ctx.canvas
  }

  #contextFor(wide: number, tall: number): OffscreenCanvasRenderingContext2D | undefined {
    if (this.#canvas?.width !== wide || this.#canvas.height !== tall) {
      this.#canvas = new OffscreenCanvas(wide, tall)
      this.#pixels = new Uint32Array(wide * tall)
      this.#image = new ImageData(new Uint8ClampedArray(this.#pixels.buffer), wide, tall)
      this.#painted = undefined
    }
    return this.#canvas.getContext('2d') ?? undefined
  }
}

function isSame(one: Int32Array, other: Int32Array): boolean {
  return one.length === other.length && one.every((value, at) => value === other[at])
}
