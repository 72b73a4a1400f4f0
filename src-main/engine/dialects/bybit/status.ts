import * as v from 'valibot'
import type { StatusSource } from '../../venues/venue'
import { jsonOf } from '../json'
import { shortened } from '../words'

/** As addresses and requests name the four products. */
export type Category = 'spot' | 'linear' | 'inverse' | 'option'

/** The venue's numbers: 1 futures, 2 spot, 3 option (4 spreads, which we do not have). */
const products: Readonly<Record<Category, number>> = {
  linear: 1,
  inverse: 1,
  spot: 2,
  option: 3
}
/** 1 the trading service, 5 market data. The others are ways in for orders. */
const services = [1, 5]
const INCIDENT = 3
const PRODUCTION = 1

const wireAnswer = v.object({ retCode: v.literal(0), result: v.object({ list: v.array(v.unknown()) }) })
/** Numbers are documented as texts and shown as numbers. */
const wireNumber = v.union([v.number(), v.pipe(v.string(), v.transform(Number))])
const wireStatus = v.object({
  title: v.string(),
  state: v.literal('ongoing'),
  serviceTypes: v.array(v.number()),
  product: v.array(v.number()),
  uidSuffix: v.optional(v.array(v.unknown()), []),
  maintainType: wireNumber,
  env: wireNumber
})

/** `GET /v5/system/status`, of what is going on now: https://bybit-exchange.github.io/docs/v5/system-status */
export const statusOf = (category: Category): StatusSource => ({
  request: ({ rest }) => ({ url: `${rest}/v5/system/status?state=ongoing`, weight: 1 }),
  read(text) {
    const list = v.safeParse(wireAnswer, jsonOf(text))
    if (!list.success) return undefined
    const rows = list.output.result.list.flatMap((row) => {
      const wire = v.safeParse(wireStatus, row)
      return wire.success ? [wire.output] : []
    })
    // What touches only the accounts that end in certain digits closes no market.
    const closing = rows.find(
      ({ env, product, serviceTypes, uidSuffix }) =>
        env === PRODUCTION &&
        uidSuffix.length === 0 &&
        product.includes(products[category]) &&
        serviceTypes.some((service) => services.includes(service))
    )
    if (!closing) return ''
    const { maintainType, title } = closing
    return shortened(`${maintainType === INCIDENT ? 'incident' : 'maintenance'}: ${title}`)
  }
})
