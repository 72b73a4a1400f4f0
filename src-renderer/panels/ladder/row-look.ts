import { amount, decimal, money, unknown } from '../../../src-shared/format'
import { valueOn } from '../../../src-shared/instrument'
import type { Columns } from './columns'
import type { LadderDrawing } from './drawing'
import type { Ladder, SeenRow } from './picture'

/** What stands in the cells of one row. Two rows that look the same are drawn the same. */
export interface RowLook {
  readonly row: SeenRow
  /** Beyond the known depth nothing but the price is told. */
  readonly known: boolean
  readonly price: string
  /** Letters of the price that all prices in sight begin with. */
  readonly dimmed: number
  /** Size at the row's price; empty where nothing rests. */
  readonly size: string
  /** Length of its bar, CSS px, and whether it is longer than its column. */
  readonly bar: number
  readonly wall: boolean
  readonly sum: string
  readonly bought: string
  readonly sold: string
  /** Lots behind `bought` and `sold`. */
  readonly traded: readonly [buy: number, sell: number]
}

/** What the looks of all rows of one picture rest on. */
export interface Setting {
  readonly drawing: LadderDrawing
  readonly columns: Columns
  /** Device pixels a CSS px. */
  readonly ratio: number
  /** See `RowLook`. */
  readonly dimmed: number
}

/** `before` is what stood at this place: the text of a number that has not changed is kept. */
export function lookOf(
  { drawing, columns, ratio, dimmed }: Setting,
  row: SeenRow,
  price: string,
  before: RowLook | undefined
): RowLook {
  const { ladder } = drawing
  const { lots, sum } = row
  const known = !Number.isNaN(lots)
  const { left, right } = columns[row.side]
  const share = lots > 0 ? Math.min(1, Math.sqrt(lots / ladder.full)) : 0
  const traded = drawing.members.length > 0 ? none : drawing.traded(row)
  return {
    ...{ row, known, price, dimmed, traded },
    size: before?.row.lots === lots ? before.size : lots > 0 ? sizeText(ladder, lots) : '',
    bar: Math.round(share * (right - left) * ratio) / ratio,
    wall: lots > ladder.full,
    sum: before?.row.sum === sum ? before.sum : known ? total(ladder, sum) : '',
    bought: before?.traded[0] === traded[0] ? before.bought : tradedText(ladder, traded[0]),
    sold: before?.traded[1] === traded[1] ? before.sold : tradedText(ladder, traded[1])
  }
}

const none = [0, 0] as const

/** Whether the cells of both can be compared one by one: not where a hatch lies under them, nor where members share them. */
export function isAlike(one: RowLook, other: RowLook): boolean {
  return (
    one.known && other.known && one.row.side === other.row.side && isSame(one.row.shares, other.row.shares)
  )
}

/** Whether both rows are beyond the known depth and tell the same. */
export function isSameUnknown(one: RowLook, other: RowLook): boolean {
  const isUnknown = !one.known && !other.known
  const isPriced = one.price === other.price && one.dimmed === other.dimmed
  return isUnknown && isPriced && one.bought === other.bought && one.sold === other.sold
}

function isSame(one: readonly number[] | undefined, other: readonly number[] | undefined): boolean {
  if (one === other) return true
  return one?.length === other?.length && one?.every((lots, member) => lots === other?.[member]) === true
}

export const priceText = ({ instrument, decimals }: Ladder, price: number): string =>
  decimal(valueOn(instrument.price, price), decimals)

/** Next to nothing is shown as nothing. */
function tradedText(ladder: Ladder, lots: number): string {
  const text = Number.isNaN(lots) ? unknown : total(ladder, lots)
  return tells(text) || text === unknown ? text : '·'
}

/** Whether a figure is more than zeros, a dot or a dash. */
export const tells = (text: string): boolean => /[1-9]/.test(text)

/** A size with the table's decimals, shortened from 100,000 on. */
export function sizeText({ instrument }: Ladder, lots: number): string {
  const value = valueOn(instrument.size, lots)
  return value >= 100_000 ? money(value) : amount(value, instrument.size.decimals)
}

/** A sum: one decimal below 100, none from there, shortened from 100,000 on. */
export function total({ instrument }: Ladder, lots: number): string {
  const value = valueOn(instrument.size, lots)
  if (value >= 100_000) return money(value)
  return decimal(value, value < 100 ? Math.min(1, instrument.size.decimals) : 0)
}

/** Letters that all prices in sight have in common at the start. */
export function sharedStart(texts: readonly string[]): number {
  const first = texts[0] ?? ''
  let length = first.length
  for (const text of texts) {
    let same = 0
    while (same < length && text[same] === first[same]) same++
    length = same
  }
  return texts.length > 1 ? length : 0
}
