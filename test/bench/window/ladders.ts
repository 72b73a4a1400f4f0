import type { Colours } from '../../../src-renderer/charts/theme'
import { coloursAt } from '../../../src-renderer/charts/theme'
import type { LadderDrawing } from '../../../src-renderer/panels/ladder/drawing'
import type { Hold } from '../../../src-renderer/panels/ladder/hold'
import { followed } from '../../../src-renderer/panels/ladder/hold'
import { LadderPainter } from '../../../src-renderer/panels/ladder/painter'
import {
  headHeight,
  ladderOf,
  midHeight,
  rowHeight,
  seenRows
} from '../../../src-renderer/panels/ladder/picture'
import { ElementLadder } from './element-ladder'
import { instrument, movingBook } from './market'
import type { Scene } from './scene'
import { canvasIn, eachFrame } from './scene'

const rowsInSight = 48
const width = 380
const levels = 400
const changes = 20
const height = headHeight + midHeight + rowsInSight * rowHeight

/** Some hundred lots a row; where it changes, some rows do with every picture, as trades come. */
const traded = (count: number) => (row: { readonly price: number }) => {
  const trades = Math.floor(count / 30 + (row.price % 7))
  return [(row.price % 900) + trades, ((row.price * 7) % 900) + trades] as const
}

/** What the app would draw next: the mid row wanders and the prices stay. Both ladders are given the same. */
function drawings(): () => LadderDrawing {
  const book = movingBook(levels, changes)
  let hold: Hold | undefined
  let count = 0
  return () => {
    const ladder = ladderOf(book(performance.now()), instrument, 1, levels)
    hold = followed(hold, ladder.asks.prices[0]!, ladder.group, rowsInSight, true)
    const seen = seenRows(ladder, hold.above, rowsInSight)
    return { ladder, ...seen, traded: traded(count++), members: [], dim: false, width, height }
  }
}

/** The ladder of the app. */
export const canvasLadder: Scene = (host) => {
  const ctx = canvasIn(host, width, height)
  const colours: Colours = coloursAt(host)
  const next = drawings()
  const ratio = devicePixelRatio
  const painter = new LadderPainter()
  return eachFrame(() => {
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0)
    painter.paint({ ctx, colours, ratio }, next())
  })
}

/** The same picture in elements. */
export const elementLadder: Scene = (host) => {
  const colours = coloursAt(host)
  const next = drawings()
  const ladder = new ElementLadder(host, rowsInSight, width, height, colours)
  return eachFrame(() => {
    ladder.show(next())
  })
}

/** What both are given, and drawn by neither: what is left is the drawing. */
export const ladderBooks: Scene = () => {
  const next = drawings()
  return eachFrame(() => {
    next()
  })
}
