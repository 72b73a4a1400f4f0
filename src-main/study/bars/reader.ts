import { readLines } from '../../engine/tape/lines'
import type { Finding } from '../finding'
import { numbersOf } from '../number-line'
import type { Bar } from './bar'

const columns = ['timestamp', 'open', 'high', 'low', 'close', 'volume']
const timeText = /^(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)(?:\.\d+)?$/
/** Forty years of minutes. */
const mostBars = 20e6

export interface BarFile {
  readonly bars: readonly Bar[]
  /** The first and the last time as they are written. */
  readonly first: string
  readonly last: string
}

/** Reads one-minute bars. Trouble with the file is told with the path and the line. */
export async function readBars(path: string): Promise<Finding<BarFile>> {
  const bars: Bar[] = []
  let [first, last] = ['', '']
  const end = await readLines(path, (line, number) => {
    const text = line.toString('latin1').trimEnd()
    if (number === 1)
      return text === columns.join(',') ? undefined : `line 1: the columns must be ${columns.join(',')}`
    const bar = barOf(text)
    if (typeof bar === 'string') return `line ${number}: ${bar}`
    if (bars.length > 0 && bar.at <= bars.at(-1)!.at)
      return `line ${number}: its time is not after the line above`
    if (bars.length === mostBars) return `line ${number}: more than ${mostBars} bars`
    last = text.slice(0, text.indexOf(','))
    first ||= last
    bars.push(bar)
    return undefined
  })
  if (!end.ok) return end
  return bars.length > 0
    ? { ok: true, figures: { bars, first, last } }
    : { ok: false, reason: `${path}: no bar in it` }
}

function barOf(text: string): Bar | string {
  const comma = text.indexOf(',')
  const at = timeOf(text.slice(0, Math.max(0, comma)))
  if (at === undefined) return `"${text.slice(0, 40)}" does not begin with a time such as 2022-01-21 19:00:00`
  const numbers = numbersOf(Buffer.from(text.slice(comma + 1)), columns.slice(1))
  if (typeof numbers === 'string') return numbers
  const [open = NaN, high = NaN, low = NaN, close = NaN, volume = NaN] = numbers
  if (!(low > 0 && low <= Math.min(open, close) && high >= Math.max(open, close)))
    return `low ${low} and high ${high} do not hold open ${open} and close ${close}`
  return volume >= 0 ? { at, open, high, low, close, volume } : `volume ${volume} is below zero`
}

/** Unix seconds of a label, taken as UTC. */
function timeOf(text: string): number | undefined {
  const [, ...parts] = timeText.exec(text) ?? []
  const [year = NaN, month = NaN, day = NaN, hour = NaN, minute = NaN, second = NaN] = parts.map(Number)
  const at = Date.UTC(year, month - 1, day, hour, minute, second) / 1_000
  return Number.isFinite(at) ? at : undefined
}
