import * as v from 'valibot'
import type { Grid, Instrument } from '../../../../src-shared/instrument'
import { gridOf, instrumentId } from '../../../../src-shared/instrument'
import { ticks } from '../../../../src-shared/units'
import { instrumentIdSchema } from '../../../../src-shared/watchlist'
import { jsonOf } from '../../dialects/json'
import { presets } from '../../market/presets'

const VENUE = 'sim'

const wireInstrument = v.object({
  i: v.string(),
  kind: v.picklist(['spot', 'linear', 'inverse']),
  base: v.string(),
  quote: v.string(),
  tick: v.string(),
  lot: v.string(),
  contract: v.pipe(v.string(), v.regex(/^\d{1,9}$/))
})
type WireInstrument = v.InferOutput<typeof wireInstrument>
const wireListing = v.object({ ch: v.literal('instruments'), list: v.array(v.unknown()) })

/** Reads the dialect's `instruments` frame; entries that cannot be read are left out. */
export function readListing(
  text: string
): { readonly instruments: readonly Instrument[] } | { readonly reason: string } {
  const frame = jsonOf(text)
  if (frame === undefined) return { reason: 'the list of instruments is no JSON' }
  const listing = v.safeParse(wireListing, frame)
  if (!listing.success) return { reason: 'this is no list of instruments' }
  const instruments = listing.output.list.flatMap((entry) => {
    const wire = v.safeParse(wireInstrument, entry)
    return wire.success ? (instrumentOf(wire.output) ?? []) : []
  })
  return { instruments }
}

/** One of the simulated market's own instruments, or for any other name one with the steps of BTC-PERP, refined by what arrives. */
export function guess(symbol: string): Instrument {
  const preset = presets.find((known) => known.symbol === symbol)
  const [base = symbol, quote = '?'] = symbol.split('-')
  const wire: WireInstrument = preset
    ? {
        ...{ i: symbol, kind: preset.kind, base: preset.asset, quote: preset.quote },
        ...{ tick: preset.tick.text, lot: preset.lot.text, contract: String(preset.contract) }
      }
    : { i: symbol, kind: 'linear', base, quote, tick: '0.1', lot: '0.001', contract: '1' }
  return instrumentWith(wire, gridOf(wire.tick)!, gridOf(wire.lot)!)
}

function instrumentOf(wire: WireInstrument): Instrument | undefined {
  const price = gridOf(wire.tick)
  const size = gridOf(wire.lot)
  const isSound =
    price && size && Number(wire.contract) > 0 && v.is(instrumentIdSchema, instrumentId(VENUE, wire.i))
  return isSound ? instrumentWith(wire, price, size) : undefined
}

function instrumentWith(wire: WireInstrument, price: Grid, size: Grid): Instrument {
  return {
    id: instrumentId(VENUE, wire.i),
    venue: VENUE,
    symbol: wire.i,
    base: wire.base,
    quote: wire.quote,
    product: wire.kind,
    price,
    tickSize: ticks(1),
    size,
    contract: { of: Number(wire.contract), currency: wire.kind === 'inverse' ? 'quote' : 'base' },
    trading: 'trading',
    simulated: true
  }
}
