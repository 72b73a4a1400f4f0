import type { Pen } from '../../charts/ink'
import { figureWidth } from '../../charts/ink'
import { font } from '../../charts/theme'
import type { Columns } from './columns'
import { columnsFor } from './columns'
import type { MidLook } from './draw-frame'
import { drawHead, drawMid, isSameMid, midLookOf } from './draw-frame'
import type { PaintedRow } from './draw-row'
import { clearRow, drawRow } from './draw-row'
import type { LadderDrawing } from './drawing'
import { headHeight, midHeight } from './picture'
import { lookOf, priceText, sharedStart } from './row-look'

/** What every cell rests on: with another one everything is drawn anew. */
interface Ground {
  readonly pen: Pen
  readonly drawing: LadderDrawing
  readonly columns: Columns
}

/**
 * Draws ladders on one canvas, one after the other, and knows what stands there: only cells that look different are drawn again. The picture is always that of
 * the last ladder drawn on an empty canvas.
 */
export class LadderPainter {
  #ground: Ground | undefined
  #mid: MidLook | undefined
  /** By the top of the row. */
  readonly #rows = new Map<number, PaintedRow>()

  /** Call it when something else has been drawn on the canvas, or it has been cleared. */
  forget(): void {
    this.#ground = undefined
    this.#mid = undefined
    this.#rows.clear()
  }

  /** The pen is scaled to CSS px. */
  paint(pen: Pen, drawing: LadderDrawing): void {
    const { ctx } = pen
    const { ladder, rows, width, height, members } = drawing
    if (this.#ground && !isSameGround(this.#ground, pen, drawing)) this.forget()
    const prices = rows.map(({ y, price }) => {
      const before = this.#rows.get(y)?.look
      return before?.row.price === price ? before.price : priceText(ladder, price)
    })
    ctx.font = font(pen.colours, 400, 12)
    const widest = prices.reduce((most, text) => Math.max(most, figureWidth(ctx, text)), 40)
    const columns = columnsFor(width, widest, members.length)
    if (this.#ground && columns.price.right !== this.#ground.columns.price.right) this.forget()
    if (!this.#ground) {
      clearRow(pen, columns, 0, width, height - headHeight)
      drawHead(pen, columns, width, members)
    }
    this.#ground = { pen, drawing, columns }
    ctx.save()
    ctx.beginPath()
    ctx.rect(0, headHeight, width, height - headHeight)
    ctx.clip()
    this.#drawMid(this.#ground)
    this.#drawRows(this.#ground, prices)
    ctx.restore()
  }

  /** Rows lie on one grid above the mid row and on another below it: where the mid row has moved over, nothing stays. */
  #drawMid({ pen, drawing, columns }: Ground): void {
    const look = midLookOf(drawing.ladder, drawing.midY)
    const before = this.#mid
    if (before && isSameMid(before, look)) return
    this.#mid = look
    if (before && before.y !== look.y) {
      const top = Math.min(before.y, look.y)
      const bottom = Math.max(before.y, look.y) + midHeight
      clearRow(pen, columns, top, drawing.width, bottom - top)
      for (const y of this.#rows.keys()) if (y >= top && y < bottom) this.#rows.delete(y)
    }
    drawMid(pen, look, drawing)
  }

  #drawRows({ pen, drawing, columns }: Ground, prices: readonly string[]): void {
    const { rows, width } = drawing
    const kept = this.#rows
    const places = new Set(rows.map(({ y }) => y))
    for (const y of kept.keys()) {
      if (places.has(y)) continue
      clearRow(pen, columns, y, width)
      kept.delete(y)
    }
    const dimmed = sharedStart(prices)
    rows.forEach((row, i) => {
      const before = kept.get(row.y)
      const look = lookOf({ drawing, columns, ratio: pen.ratio, dimmed }, row, prices[i]!, before?.look)
      kept.set(row.y, drawRow(pen, drawing, columns, look, before))
    })
  }
}

function isSameGround(ground: Ground, pen: Pen, drawing: LadderDrawing): boolean {
  const [before, { ladder }] = [ground.drawing, drawing]
  return (
    ground.pen.ctx === pen.ctx &&
    ground.pen.colours === pen.colours &&
    ground.pen.ratio === pen.ratio &&
    before.width === drawing.width &&
    before.height === drawing.height &&
    before.dim === drawing.dim &&
    before.ladder.instrument === ladder.instrument &&
    before.ladder.group === ladder.group &&
    before.ladder.decimals === ladder.decimals &&
    before.members.length === drawing.members.length &&
    before.members.every(
      ({ code, live }, i) => code === drawing.members[i]?.code && live === drawing.members[i].live
    )
  )
}
