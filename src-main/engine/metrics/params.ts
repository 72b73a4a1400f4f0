import type { MetricSpec, ParamSpec } from '../../../src-shared/contract/catalogue'
import type { Params } from './metric'

/** What the user set of one metric, not yet checked. */
export type Overrides = Readonly<Record<string, number>>

/** Every parameter of a metric, the defaults where nothing valid is set. */
export function paramsOf({ params = [] }: MetricSpec, overrides: Overrides = {}): Params {
  return Object.fromEntries(
    params.map((param) => {
      const wanted = overrides[param.id]
      return [param.id, wanted !== undefined && allows(param, wanted) ? wanted : param.default]
    })
  )
}

/** In words, what of the overrides is not used. */
export function refusedParams({ title, params = [] }: MetricSpec, overrides: Overrides): readonly string[] {
  return Object.entries(overrides).flatMap(([id, wanted]) => {
    const param = params.find((it) => it.id === id)
    if (!param) return [`${title} has no setting ${id}`]
    const [least, most] = param.range
    return allows(param, wanted)
      ? []
      : [
          `${title}: ${param.title} is ${param.whole ? 'a whole number ' : ''}between ${least} and ${most}, not ${wanted}`
        ]
  })
}

const allows = ({ range: [least, most], whole = false }: ParamSpec, wanted: number): boolean =>
  wanted >= least && wanted <= most && (!whole || Number.isInteger(wanted))
