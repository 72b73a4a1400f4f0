import type { Colours } from '../../../src-renderer/charts/theme'
import type { Column, Columns } from '../../../src-renderer/panels/ladder/columns'
import { columnsFor } from '../../../src-renderer/panels/ladder/columns'
import { midLookOf } from '../../../src-renderer/panels/ladder/draw-frame'
import type { LadderDrawing } from '../../../src-renderer/panels/ladder/drawing'
import { headHeight, midHeight, rowHeight } from '../../../src-renderer/panels/ladder/picture'
import type { RowLook } from '../../../src-renderer/panels/ladder/row-look'
import { lookOf, priceText, sharedStart, tells } from '../../../src-renderer/panels/ladder/row-look'

const priceWidth = 55

/** The ladder's picture in elements that are written only where they change: as well as one would do it by hand. */
export class ElementLadder {
  readonly #columns: Columns
  readonly #rows: readonly ElementRow[]
  readonly #mid: HTMLElement
  readonly #texts: readonly Text[]

  constructor(host: HTMLElement, rows: number, width: number, height: number, colours: Colours) {
    this.#columns = columnsFor(width, priceWidth)
    const { bid, price, ask, sum, bought, sold } = this.#columns
    const ladder = element(
      host,
      `width:${width}px; height:${height}px; background:${colours.bg}; contain:strict`
    )
    ladder.style.font = `12px ${colours.font}`
    ladder.style.fontVariantNumeric = 'tabular-nums'
    element(ladder, `${across(price)}; top:${headHeight}px; bottom:0; background:${colours.panel}`)
    const heads = { Bid: bid, Price: price, Ask: ask, Sum: sum, Buys: bought, Sells: sold }
    for (const [name, column] of Object.entries(heads))
      if (column) written(ladder, `${across(column)}; ${right}; color:${colours.text3}`).data = name
    this.#rows = Array.from({ length: rows }, () => new ElementRow(ladder, this.#columns, width, colours))
    const lines = `border-block:1px solid ${colours.border}; box-sizing:border-box`
    const size = `width:${width}px; height:${midHeight}px; line-height:${midHeight - 2}px`
    this.#mid = element(ladder, `${size}; background:${colours.raised}; ${lines}; contain:strict`)
    const weak = `color:${colours.text2}; font-size:11px`
    this.#texts = [
      written(this.#mid, `left:8px; ${weak}`),
      written(this.#mid, `right:8px; ${weak}`),
      written(this.#mid, `left:0; right:0; text-align:center; font-weight:600; color:${colours.text}`)
    ]
  }

  show(drawing: LadderDrawing): void {
    const { ladder, rows, midY } = drawing
    const prices = rows.map((row, i) => this.#rows[i]?.priceOf(row.price) ?? priceText(ladder, row.price))
    const setting = { drawing, columns: this.#columns, ratio: devicePixelRatio, dimmed: sharedStart(prices) }
    rows.forEach((row, i) => {
      const own = this.#rows[i]
      own?.show(lookOf(setting, row, prices[i]!, own.look))
    })
    const { spread, micro, mid } = midLookOf(ladder, midY)
    for (const [i, text] of [spread, micro, mid].entries())
      if (this.#texts[i]!.data !== text) this.#texts[i]!.data = text
    const top = `translateY(${headHeight + midY}px)`
    if (this.#mid.style.transform !== top) this.#mid.style.transform = top
  }
}

const right = 'text-align:right; padding-right:6px; box-sizing:border-box'
const across = (column: Column): string => `left:${column.left}px; width:${column.right - column.left}px`

function element(host: HTMLElement, style: string): HTMLElement {
  const made = document.createElement('div')
  made.style.cssText = `position:absolute; white-space:pre; ${style}`
  host.append(made)
  return made
}

function written(host: HTMLElement, style: string): Text {
  const text = document.createTextNode('')
  element(host, style).append(text)
  return text
}

class ElementRow {
  look: RowLook | undefined
  readonly #colours: Colours
  readonly #columns: Columns
  readonly #row: HTMLElement
  readonly #bar: HTMLElement
  readonly #wall: HTMLElement
  readonly #size: HTMLElement
  readonly #texts: Readonly<Record<'size' | 'start' | 'price' | 'sum' | 'bought' | 'sold', Text>>

  constructor(host: HTMLElement, columns: Columns, width: number, colours: Colours) {
    this.#colours = colours
    this.#columns = columns
    const { bid, price, sum, bought, sold } = columns
    const row = element(
      host,
      `width:${width}px; height:${rowHeight}px; line-height:${rowHeight}px; contain:strict`
    )
    this.#row = row
    this.#bar = element(row, `${across(bid)}; top:1px; height:${rowHeight - 2}px`)
    this.#wall = element(row, `top:1px; width:2px; height:${rowHeight - 2}px`)
    const cell = (column: Column, style: string) =>
      element(row, `${across(column)}; height:${rowHeight}px; ${right}; ${style}; contain:strict`)
    const text = (of: HTMLElement) => of.appendChild(document.createTextNode(''))
    this.#size = cell(bid, `color:${colours.text}`)
    const both = cell(price, `color:${colours.text}`)
    const start = document.createElement('span')
    start.style.color = colours.text2
    both.append(start)
    const small = (column: Column | undefined, colour: string) =>
      text(cell(column ?? price, `font-size:11px; color:${colour}`))
    this.#texts = {
      ...{ size: text(this.#size), start: text(start), price: text(both) },
      ...{ sum: small(sum, colours.text2), bought: small(bought, colours.bidText) },
      sold: small(sold, colours.askText)
    }
  }

  /** The text that stands there, if it is that of this price. */
  priceOf(price: number): string | undefined {
    return this.look?.row.price === price ? this.look.price : undefined
  }

  show(look: RowLook): void {
    const before = this.look
    this.look = look
    const { row } = look
    if (row.side !== before?.row.side) this.#turn(row.side)
    if (look.bar !== before?.bar) {
      const { left, right } = this.#columns[row.side]
      this.#bar.style.transform = `scaleX(${look.bar / (right - left)})`
    }
    if (look.wall !== before?.wall) {
      this.#wall.style.display = look.wall ? 'block' : 'none'
      this.#size.style.fontWeight = look.wall ? '700' : '400'
    }
    const texts = this.#texts
    if (look.size !== before?.size) texts.size.data = look.size
    if (look.price !== before?.price || look.dimmed !== before.dimmed) {
      texts.start.data = look.price.slice(0, look.dimmed)
      texts.price.data = look.price.slice(look.dimmed)
    }
    for (const name of ['sum', 'bought', 'sold'] as const)
      if (look[name] !== before?.[name]) texts[name].data = look[name]
    for (const name of ['bought', 'sold'] as const) {
      if (before && tells(look[name]) === tells(before[name])) continue
      const cell = texts[name].parentElement!
      const strong = name === 'bought' ? this.#colours.bidText : this.#colours.askText
      cell.style.color = tells(look[name]) ? strong : this.#colours.text3
    }
    if (row.y !== before?.row.y) this.#row.style.transform = `translateY(${headHeight + row.y}px)`
  }

  #turn(side: 'bid' | 'ask'): void {
    const { left, right } = this.#columns[side]
    const isBid = side === 'bid'
    for (const { style } of [this.#bar, this.#size]) {
      style.left = `${left}px`
      style.width = `${right - left}px`
    }
    this.#bar.style.transformOrigin = isBid ? 'right' : 'left'
    this.#bar.style.background = isBid ? this.#colours.bidBar : this.#colours.askBar
    this.#wall.style.left = isBid ? `${left}px` : `${right - 2}px`
    this.#wall.style.background = isBid ? this.#colours.bid : this.#colours.ask
  }
}
