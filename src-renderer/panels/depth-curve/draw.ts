import { decimal, money, signed } from '../../../src-shared/format'
import type { CanvasSize } from '../../charts/canvas'
import type { Context2d } from '../../charts/canvas'
import type { Pen } from '../../charts/ink'
import { chip, horizontal, vertical } from '../../charts/ink'
import { font } from '../../charts/theme'
import { spaced } from '../../charts/time-plot'
import type { Curve, Curves } from './curve'
import { within } from './curve'
import type { Usual, UsualPoint } from './usual'

export interface CurveScene {
  readonly curves: Curves
  readonly usual: Usual
  /** Bps either side. */
  readonly reach: number
  /** Short names of the group's members, in the curves' order. */
  readonly names: readonly string[]
}

type Side = 'bid' | 'ask'
interface Place {
  readonly x: (bps: number) => number
  readonly y: (money: number) => number
  readonly middle: number
  readonly bottom: number
  readonly width: number
}

const axis = 20
/** Half a picture narrower than this, px, has no room for "× usual". */
const roomForTimes = 176
const dashes = [[], [4, 2], [1.5, 2], [6, 2, 1.5, 2]] as const

/** The distance at which money is told in words: 10 bps, or nearer when the picture ends before. */
export const toldAt = (reach: number): number => Math.min(10, reach)

export function drawCurve(pen: Pen, { width, height }: CanvasSize, scene: CurveScene): void {
  const { ctx, colours } = pen
  ctx.fillStyle = colours.bg
  ctx.fillRect(0, 0, width, height)
  const top = ceilingOf(scene)
  const bottom = height - axis
  const middle = width / 2
  const place: Place = {
    ...{ middle, bottom, width },
    x: (bps) => middle + (bps / scene.reach) * (middle - 8),
    y: (value) => bottom - (value / top) * (bottom - 30)
  }
  drawGrid(pen, place, scene, top)
  for (const side of ['bid', 'ask'] as const) {
    drawBand(pen, place, scene.usual[side], side, scene.reach)
    drawSide(pen, place, scene.curves[side], side, scene.reach)
  }
  drawMembers(pen, place, scene)
  vertical(pen, middle, 0, bottom, colours.border)
  drawLabels(pen, place, scene, top)
  drawSums(pen, place, scene)
}

/** The top of the scale: a round number above everything in sight, so that the scale seldom changes. */
export function ceilingOf({ curves, usual, reach }: CurveScene): number {
  const inSight = (points: readonly UsualPoint[]) =>
    points.filter(({ bps }) => bps <= reach).map(({ high }) => high)
  const most = Math.max(
    ...[
      curves.bid.money.at(-1) ?? 0,
      curves.ask.money.at(-1) ?? 0,
      ...inSight(usual.bid),
      ...inSight(usual.ask)
    ]
  )
  if (!(most > 0)) return 1
  const power = 10 ** Math.floor(Math.log10(most * 1.05))
  return ([1, 1.5, 2, 3, 4, 6, 8, 10].find((it) => it * power >= most * 1.05) ?? 10) * power
}

const signOf = (side: Side): number => (side === 'bid' ? -1 : 1)

function drawGrid(pen: Pen, { x, y, bottom, width }: Place, { reach }: CurveScene, top: number): void {
  for (const share of [0.25, 0.5, 0.75, 1]) horizontal(pen, 0, width, y(top * share), pen.colours.grid)
  for (const bps of marksOf(reach)) vertical(pen, x(bps), 0, bottom, pen.colours.grid)
  horizontal(pen, 0, width, bottom, pen.colours.border)
}

const marksOf = (reach: number): number[] => [-0.8, -0.4, 0.4, 0.8].map((share) => share * reach)

/** From P10 to P90 of the hour, and its median dashed. */
function drawBand(
  { ctx, colours }: Pen,
  { x, y }: Place,
  points: readonly UsualPoint[],
  side: Side,
  reach: number
): void {
  const seen = points.filter(({ bps }) => bps <= reach)
  if (seen.length < 2) return
  const at = ({ bps }: UsualPoint) => x(signOf(side) * bps)
  ctx.beginPath()
  for (const point of seen) ctx.lineTo(at(point), y(point.high))
  for (const point of seen.toReversed()) ctx.lineTo(at(point), y(point.low))
  ctx.closePath()
  ctx.globalAlpha = 0.16
  ctx.fillStyle = colours.text2
  ctx.fill()
  ctx.globalAlpha = 1
  ctx.beginPath()
  for (const point of seen) ctx.lineTo(at(point), y(point.median))
  ctx.strokeStyle = colours.text2
  ctx.lineWidth = 1
  ctx.setLineDash([3, 3])
  ctx.stroke()
  ctx.setLineDash([])
}

/** Traces the steps of a curve, and returns where its knowledge ends, bps. */
function trace(ctx: Context2d, { x, y }: Place, curve: Curve, side: Side, reach: number): number {
  const end = Math.min(reach, curve.knownTo)
  let before = 0
  ctx.beginPath()
  ctx.moveTo(x(0), y(0))
  curve.bps.forEach((bps, i) => {
    if (bps > end + 1e-9) return
    ctx.lineTo(x(signOf(side) * bps), y(before))
    before = curve.money[i]!
    ctx.lineTo(x(signOf(side) * bps), y(before))
  })
  ctx.lineTo(x(signOf(side) * end), y(before))
  return end
}

function drawSide({ ctx, colours }: Pen, place: Place, curve: Curve, side: Side, reach: number): void {
  const end = trace(ctx, place, curve, side, reach)
  ctx.strokeStyle = side === 'bid' ? colours.bid : colours.ask
  ctx.lineWidth = 1.5
  ctx.lineJoin = 'miter'
  ctx.stroke()
  ctx.lineTo(place.x(signOf(side) * end), place.bottom)
  ctx.closePath()
  ctx.globalAlpha = 0.16
  ctx.fillStyle = side === 'bid' ? colours.bid : colours.ask
  ctx.fill()
  ctx.globalAlpha = 1
}

function drawMembers({ ctx, colours }: Pen, place: Place, { curves, names, reach }: CurveScene): void {
  curves.members.forEach((member, i) => {
    for (const side of ['bid', 'ask'] as const) {
      trace(ctx, place, member[side], side, reach)
      ctx.strokeStyle = colours.text
      ctx.globalAlpha = 0.75
      ctx.lineWidth = 1
      ctx.setLineDash([...dashes[i % dashes.length]!])
      ctx.stroke()
      ctx.setLineDash([])
      ctx.globalAlpha = 1
    }
  })
  drawNames({ ctx, colours }, place, { curves, names })
}

/** Names of the members above the ends of their asks, each on a ground of its own and apart from the others. */
function drawNames(
  { ctx, colours }: Pick<Pen, 'ctx' | 'colours'>,
  { width, y, bottom }: Place,
  { curves, names }: Pick<CurveScene, 'curves' | 'names'>
): void {
  const ends = curves.members.flatMap(({ ask }, i) => {
    const last = ask.money.at(-1)
    return last === undefined ? [] : [[names[i] ?? '', y(last) - 8] as const]
  })
  const ys = spaced(
    ends.map(([, at]) => at),
    14,
    36,
    bottom - 8
  )
  ctx.font = font(colours)
  ctx.textAlign = 'right'
  ctx.textBaseline = 'middle'
  for (const [i, [name]] of ends.entries()) {
    const wide = ctx.measureText(name).width + 8
    ctx.globalAlpha = 0.75
    ctx.fillStyle = colours.bg
    ctx.fillRect(width - 6 - wide, ys[i]! - 7, wide, 14)
    ctx.globalAlpha = 1
    ctx.fillStyle = colours.text2
    ctx.fillText(name, width - 10, ys[i]! + 0.5)
  }
}

function drawLabels(
  { ctx, colours }: Pen,
  { x, y, middle, bottom }: Place,
  { reach }: CurveScene,
  top: number
): void {
  ctx.font = font(colours)
  ctx.textBaseline = 'middle'
  ctx.fillStyle = colours.text3
  ctx.textAlign = 'right'
  for (const share of [0.25, 0.5, 0.75]) ctx.fillText(money(top * share), middle - 6, y(top * share) - 7)
  ctx.fillStyle = colours.text2
  ctx.textAlign = 'center'
  ctx.fillText('mid', middle, bottom + 10.5)
  for (const bps of marksOf(reach))
    ctx.fillText(signed(bps, Number.isInteger(bps) ? 0 : 1), x(bps), bottom + 10.5)
}

/** Money at the told distance, and how many times its median of the hour that is. */
function drawSums(pen: Pen, { middle }: Place, { curves, usual, reach }: CurveScene): void {
  const { colours } = pen
  const away = toldAt(reach)
  const parts = (side: Side): (readonly [string, string])[] => {
    const sum = within(curves[side], away)
    const median = usual[side].find(({ bps }) => bps === away)?.median ?? NaN
    const times = sum / median
    return [
      [
        side === 'bid' ? `bid ${decimal(away, 0)} bps` : 'ask',
        side === 'bid' ? colours.bidText : colours.askText
      ],
      [money(sum), colours.text],
      ...(Number.isFinite(times) && middle >= roomForTimes
        ? [[`${decimal(times, 1)} × usual`, colours.text2] as const]
        : [])
    ]
  }
  chip(pen, middle - 8, 14, parts('bid'), 'right')
  chip(pen, middle + 8, 14, parts('ask'), 'left')
}
