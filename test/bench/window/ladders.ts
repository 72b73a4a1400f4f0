import { coloursAt } from '../../../src-renderer/charts/theme'
import { drawLadder, sizeText, total } from '../../../src-renderer/panels/ladder/draw'
import type { SeenRow } from '../../../src-renderer/panels/ladder/picture'
import {
  headHeight,
  ladderOf,
  midHeight,
  rowHeight,
  seenRows
} from '../../../src-renderer/panels/ladder/picture'
import { decimal } from '../../../src-shared/format'
import { valueOn } from '../../../src-shared/instrument'
import { instrument, movingBook } from './market'
import type { Scene } from './scene'
import { canvasIn, eachFrame } from './scene'

const rowsInSight = 48
const width = 380
const levels = 400
const changes = 20

/** The rows of the next book, as both ladders are given them. */
function pictures() {
  const book = movingBook(levels, changes)
  return () => {
    const ladder = ladderOf(book(performance.now()), instrument, 1, levels)
    return { ladder, ...seenRows(ladder, rowsInSight / 2, rowsInSight) }
  }
}

const height = headHeight + midHeight + rowsInSight * rowHeight
const traded = ({ price }: { readonly price: number }) => [price % 900, (price * 7) % 900] as const

/** The ladder of the app. */
export const canvasLadder: Scene = (host) => {
  const ctx = canvasIn(host, width, height)
  const colours = coloursAt(host)
  const next = pictures()
  const ratio = devicePixelRatio
  return eachFrame(() => {
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0)
    drawLadder({ ctx, colours, ratio }, { ...next(), traded, members: [], dim: false, width, height })
  })
}

/** The same figures in elements, each written only where it changes: as well as one would do it by hand. */
export const elementLadder: Scene = (host) => {
  const next = pictures()
  const rows = Array.from({ length: rowsInSight }, () => new ElementRow(host))
  const mid = document.createElement('div')
  mid.style.cssText = `position:absolute; left:0; width:${width}px; height:${midHeight}px`
  host.append(mid)
  return eachFrame(() => {
    const picture = next()
    const { ladder } = picture
    picture.rows.forEach((row, i) => {
      const [bought, sold] = traded(row)
      rows[i]?.show(row, ladder.full, [
        row.side === 'bid' && row.lots > 0 ? sizeText(ladder, row.lots) : '',
        decimal(valueOn(instrument.price, row.price), ladder.decimals),
        row.side === 'ask' && row.lots > 0 ? sizeText(ladder, row.lots) : '',
        total(ladder, row.sum),
        total(ladder, bought),
        total(ladder, sold)
      ])
    })
    mid.style.top = `${headHeight + picture.midY}px`
    mid.textContent = `${ladder.spread} ${ladder.mid}`
  })
}

class ElementRow {
  readonly #row = document.createElement('div')
  readonly #bar = document.createElement('div')
  readonly #cells: readonly HTMLElement[]
  readonly #texts: string[] = []
  #y = NaN
  #wide = NaN

  constructor(host: HTMLElement) {
    const [cell, lies] = [width / 6, 'position:absolute; left:0; top:0;']
    this.#row.style.cssText = `${lies} width:${width}px; height:${rowHeight}px; font: 12px var(--font); font-variant-numeric: tabular-nums`
    this.#bar.style.cssText = `${lies} width:${cell}px; height:${rowHeight - 2}px; transform-origin:left`
    this.#row.append(this.#bar)
    this.#cells = Array.from({ length: 6 }, (_, i) => {
      const element = document.createElement('span')
      element.style.cssText = `position:absolute; left:${i * cell}px; width:${cell - 6}px; text-align:right`
      this.#row.append(element)
      return element
    })
    host.append(this.#row)
  }

  show(row: SeenRow, full: number, texts: readonly string[]): void {
    texts.forEach((text, i) => {
      if (this.#texts[i] === text) return
      this.#texts[i] = text
      this.#cells[i]!.textContent = text
    })
    const wide = Math.min(1, Math.sqrt(row.lots / full))
    if (wide !== this.#wide) {
      this.#wide = wide
      this.#bar.style.transform = `scaleX(${wide})`
      this.#bar.style.background = row.side === 'bid' ? 'var(--bid-bar)' : 'var(--ask-bar)'
    }
    if (row.y === this.#y) return
    this.#y = row.y
    this.#row.style.transform = `translateY(${headHeight + row.y}px)`
  }
}
