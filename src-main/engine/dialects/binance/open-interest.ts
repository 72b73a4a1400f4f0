import { jsonOf } from '../json'
import type { ReferenceSource } from '../../venues/venue'

/** The figure is told over HTTP only: `openInterest` in coins, or in contracts where those are worth quote money. `path`: `/fapi/v1` or `/dapi/v1`. */
export const openInterest = (path: string): ReferenceSource => ({
  isAlone: false,
  what: 'open interest',
  request: (symbol, { rest }) => ({
    url: `${rest}${path}/openInterest?symbol=${encodeURIComponent(symbol)}`,
    weight: 1
  }),
  read: (bytes, { instrument }) => {
    const { symbol, openInterest: contracts } = answerOf(bytes)
    if (symbol !== instrument.symbol || Number.isNaN(contracts)) return undefined
    return { openInterest: contracts * instrument.contract.of }
  }
})

/** NaN where the answer holds no such figure. */
function answerOf(bytes: Uint8Array): { readonly symbol: unknown; readonly openInterest: number } {
  const nothing = { symbol: undefined, openInterest: NaN }
  const told = jsonOf(bytes)
  if (typeof told !== 'object' || told === null) return nothing
  const { symbol, openInterest: text } = told as Record<string, unknown>
  const isFigure = typeof text === 'string' && /^\d+(\.\d+)?$/.test(text)
  return { symbol, openInterest: isFigure ? Number(text) : NaN }
}
