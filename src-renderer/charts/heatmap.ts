import type { DepthHistory } from './depth-history'

/** The stretch of a history on show: `columns` from `column` on, `rows` from `row` up, each `per` rows of the history. */
export interface HeatWindow {
  readonly column: number
  readonly columns: number
  readonly row: number
  readonly rows: number
  readonly per: number
}

/** Sizes of a window's cells, row after row from the lowest price, and the same 32-bit floats as bits. */
export interface HeatCells {
  readonly lots: Float32Array
  readonly bits: Uint32Array
  readonly columns: number
  readonly rows: number
}

/** Colours by the upper half of a float's bits: 128 steps an octave without a logarithm. */
const codes = 0x8000
const codeShift = 16
/** From here on: infinite and not a number. */
const unknownFrom = 0x7f80
/** Share of the filled cells that are as dark as empty ones: what rests everywhere tells nothing, and would be all that is seen. */
const faded = 0.5
/** The scale reaches at least so far below the cut-off: where all sizes are alike, none is made much of. */
const leastReach = 8
/** Above 1, so that what is usual stays dark and walls stand out. */
const contrast = 1.8

/** Sizes in lots between which the colours lie; NaN where nothing rests in sight. */
export interface HeatScale {
  /** Up to here as dark as nothing. */
  readonly floor: number
  /** From here on the brightest. */
  readonly cut: number
}

/** Room for cells; reused as long as it suffices. */
export function roomFor(columns: number, rows: number, old?: HeatCells): HeatCells {
  const room = columns * rows
  const buffer = old && old.lots.buffer.byteLength >= room * 4 ? old.lots.buffer : new ArrayBuffer(room * 4)
  return {
    lots: new Float32Array(buffer, 0, room),
    bits: new Uint32Array(buffer, 0, room),
    columns,
    rows
  }
}

/** Fills `cells` with what the history holds, from the window's column `from` on; NaN where that is not known. */
export function gather(
  history: DepthHistory,
  { column, row, per }: HeatWindow,
  cells: HeatCells,
  from = 0
): void {
  const { lots, columns, rows } = cells
  for (let c = from; c < columns; c++) {
    for (let r = 0; r < rows; r++) lots[r * columns + c] = history.sum(column + c, row + r * per, per)
  }
}

/** What a window's cells were gathered from. */
export interface Gathered {
  readonly history: DepthHistory
  readonly window: HeatWindow
  /** `history.last` and `history.rewritten` then. */
  readonly last: number
  readonly rewritten: number
  /** The first of the window's columns that was read; those before it had been known. */
  readonly from: number
}

/**
 * As `gather` of the whole window. Columns that have ended do not change: where the window has only moved on in time since `before`, they are moved along, and
 * only the column that was the last one then and those behind it are read.
 */
export function gatherOn(
  history: DepthHistory,
  window: HeatWindow,
  cells: HeatCells,
  before: Gathered | undefined
): Gathered {
  const { last, rewritten } = history
  const now = { history, window, last, rewritten, from: 0 }
  const moved = before ? window.column - before.window.column : NaN
  const stays =
    before?.history === history &&
    before.rewritten === rewritten &&
    window.columns === before.window.columns &&
    window.rows === before.window.rows &&
    window.row === before.window.row &&
    window.per === before.window.per &&
    moved >= 0 &&
    before.last >= window.column
  if (!stays) {
    gather(history, window, cells)
    return now
  }
  // Row after row in one piece: what comes into a row's end from the next one is read anew.
  if (moved > 0) cells.lots.copyWithin(0, moved)
  const from = Math.min(before.last - window.column, window.columns - moved)
  gather(history, window, cells, from)
  return { ...now, from }
}

const counts = new Uint32Array(codes)
const float = new Float32Array(1)
const bitsOfFloat = new Uint32Array(float.buffer)

/** From the median of the cells with something in them to the size below which `share` of them lie, both to 1/128 octave. */
export function scaleOf({ bits }: HeatCells, share: number): HeatScale {
  counts.fill(0)
  let filled = 0
  for (const cell of bits) {
    const code = cell >>> codeShift
    if (code === 0 || code >= unknownFrom) continue
    counts[code]!++
    filled++
  }
  if (filled === 0) return { floor: NaN, cut: NaN }
  const cut = quantile(filled, share)
  return { floor: Math.min(quantile(filled, faded), cut / leastReach), cut }
}

/** Of what is counted in `counts`. */
function quantile(filled: number, share: number): number {
  const target = Math.max(1, Math.ceil(share * filled))
  let code = 0
  for (let seen = 0; seen < target; code++) seen += counts[code]!
  return valueOf(code - 1)
}

/** Where a size stands on the ramp, [0, 1]: how far it is from the floor to the cut-off by its logarithm, to the power 1.8. */
export function heatOf(lots: number, { floor, cut }: HeatScale): number {
  const share = Math.log(lots / floor) / Math.log(cut / floor)
  return Math.min(1, Math.max(0, share)) ** contrast
}

/** The colour of every code, ready for `paint`; what is not known has none (0). `ramp` holds 256 colours, ABGR. */
export function shades(ramp: Uint32Array, scale: HeatScale): Uint32Array {
  const table = new Uint32Array(codes)
  for (let code = 0; code < unknownFrom; code++) {
    table[code] = ramp[Number.isNaN(scale.cut) ? 0 : Math.round(heatOf(valueOf(code), scale) * 255)]!
  }
  return table
}

function valueOf(code: number): number {
  bitsOfFloat[0] = code << codeShift
  return float[0]!
}

/**
 * Paints `pixels` (ABGR, `columnOf.length` wide and `rowOf.length` high). The two tables say which cell each pixel column and row
 * shows, -1 for none. What lies left of pixel column `left` stays.
 */
export function paint(
  pixels: Uint32Array,
  cells: HeatCells,
  columnOf: Int32Array,
  rowOf: Int32Array,
  table: Uint32Array,
  left = 0
): void {
  const width = columnOf.length
  for (let y = 0; y < rowOf.length; y++) {
    const row = rowOf[y]!
    const line = y * width
    if (y > 0 && row === rowOf[y - 1]) pixels.copyWithin(line + left, line - width + left, line)
    else if (row < 0 || row >= cells.rows) pixels.fill(0, line + left, line + width)
    else paintLine(pixels, line, cells, row, columnOf, table, left)
  }
}

function paintLine(
  pixels: Uint32Array,
  line: number,
  { bits, columns }: HeatCells,
  row: number,
  columnOf: Int32Array,
  table: Uint32Array,
  left: number
): void {
  const from = row * columns
  for (let x = left; x < columnOf.length; x++) {
    const column = columnOf[x]!
    pixels[line + x] = column < 0 || column >= columns ? 0 : table[bits[from + column]! >>> codeShift]!
  }
}

/** `#fff` → `#ffffff`: a build may write a token the short way. */
const whole = (hex: string): string => (hex.length === 4 ? hex.replace(/[\da-f]/gi, '$&$&') : hex)

/** 256 colours (ABGR) along `stops` (#rrggbb or #rgb), evenly spaced. */
export function rampOf(stops: readonly string[]): Uint32Array {
  const rgb = stops
    .map(whole)
    .map((stop) => [1, 3, 5].map((at) => Number.parseInt(stop.slice(at, at + 2), 16) || 0))
  return Uint32Array.from({ length: 256 }, (_, i) => {
    const place = (i / 255) * (rgb.length - 1)
    const at = Math.min(rgb.length - 2, Math.floor(place))
    const [r = 0, g = 0, b = 0] = (rgb[at] ?? []).map((value, channel) =>
      Math.round(value + ((rgb[at + 1]?.[channel] ?? value) - value) * (place - at))
    )
    return ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0
  })
}
