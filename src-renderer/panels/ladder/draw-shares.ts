import { amount, money, unknown } from '../../../src-shared/format'
import { valueOn } from '../../../src-shared/instrument'
import type { Pen } from '../../charts/ink'
import { figure } from '../../charts/ink'
import { font } from '../../charts/theme'
import type { Columns } from './columns'
import type { LadderDrawing } from './drawing'
import type { MemberHead, SeenRow } from './picture'
import { rowHeight } from './picture'

/** How strong a member's part of a bar is: the first is the strongest, and neighbours differ. */
const strengthOf = (member: number): number => [0.34, 0.18, 0.26, 0.1][member % 4]!

/** Names the members over their columns, with the shade of their part of each bar; one that is not live is crossed out in yellow. */
export function drawMemberHeads(pen: Pen, columns: Columns, members: readonly MemberHead[], y: number): void {
  const { ctx, colours } = pen
  ctx.textAlign = 'right'
  columns.members.forEach(({ left, right }, i) => {
    const member = members[i]!
    ctx.fillStyle = member.live ? colours.text3 : colours.warn
    const text = member.live ? member.code : `${member.code} ×`
    ctx.fillText(text, right - 6, y)
    if (!member.live) return
    const swatch = Math.max(left, right - 6 - ctx.measureText(text).width - 10)
    ctx.globalAlpha = 2 * strengthOf(i)
    ctx.fillStyle = colours.text
    ctx.fillRect(swatch, y - 3.5, 6, 6)
    ctx.globalAlpha = 1
  })
}

/** A bar's parts, the first member's at the price; `top` of the bar in CSS px. */
export function drawSegments(
  pen: Pen,
  row: SeenRow,
  [start, width]: readonly [number, number],
  top: number
): void {
  const { ctx, colours } = pen
  const shares = row.shares ?? []
  const alpha = ctx.globalAlpha
  ctx.fillStyle = row.side === 'bid' ? colours.bid : colours.ask
  let at = row.side === 'bid' ? start + width : start
  shares.forEach((lots, member) => {
    const part = (lots / row.lots) * width
    if (!(part > 0)) return
    const left = row.side === 'bid' ? at - part : at
    ctx.globalAlpha = alpha * strengthOf(member)
    // A gap of half a px parts neighbours of like strength.
    ctx.fillRect(left, top, Math.max(part - 0.5, Math.min(0.5, part)), rowHeight - 2)
    at = row.side === 'bid' ? at - part : at + part
  })
  ctx.globalAlpha = alpha
}

/** What each member brings at this price; a dash where it is not live, a dot where nothing of it rests. */
export function drawShares(
  pen: Pen,
  { ladder, members, dim }: LadderDrawing,
  columns: Columns,
  row: SeenRow,
  y: number
): void {
  const { ctx, colours } = pen
  if (Number.isNaN(row.lots)) return
  ctx.font = font(colours)
  columns.members.forEach(({ right }, i) => {
    const lots = row.shares?.[i] ?? 0
    const value = valueOn(ladder.instrument.size, lots)
    const text = value >= 100_000 ? money(value) : amount(value, ladder.instrument.size.decimals)
    const some = /[1-9]/.test(text)
    const shown = !members[i]!.live ? unknown : some ? text : '·'
    figure(ctx, shown, right - 6, y, some && !dim ? colours.text2 : colours.text3)
  })
}
