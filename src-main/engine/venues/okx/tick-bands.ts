import * as v from 'valibot'
import { jsonOf } from '../../dialects/json'
import type { TickSteps } from '../venue'

const wireBands = v.object({
  data: v.array(
    v.object({
      instFamily: v.string(),
      tickBand: v.array(v.object({ minPx: v.string(), tickSz: v.string() }))
    })
  )
})

/**
 * Reads `GET /api/v5/public/instrument-tick-bands`: within each band of prices, told in the option's own quote, steps of their own. The first band begins at 0 and
 * is what the instrument itself says. Undefined where it cannot be read. Source: https://www.okx.com/docs-v5/en/#public-data-rest-api-get-option-tick-bands
 */
export function readTickBands(text: string): TickSteps | undefined {
  const answer = v.safeParse(wireBands, jsonOf(text))
  if (!answer.success) return undefined
  return new Map(
    answer.output.data.map(({ instFamily, tickBand }) => [
      instFamily,
      tickBand
        .map(({ minPx, tickSz }) => ({ above: Number(minPx), step: Number(tickSz) }))
        .filter(({ above, step }) => above > 0 && step > 0 && Number.isFinite(above) && Number.isFinite(step))
        .sort((one, other) => one.above - other.above)
    ])
  )
}
