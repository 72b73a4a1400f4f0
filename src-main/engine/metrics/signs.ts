import { str as crc32 } from 'crc-32'
import type { MetricSpec, ParamSpec } from '../../../src-shared/contract/catalogue'
import type { InstrumentId } from '../../../src-shared/instrument'
import type { Settings } from '../../../src-shared/settings'
import { paramsOf } from './params'
import type { MetricSettings } from './settings-on'
import { hasOwn, settingsOn } from './settings-on'

/**
 * A short text that is the same as long as a figure means the same: of the parameters that concern it and of those of what its metric reads. Without a field,
 * of the whole metric: what shapes its table alone is left out. Empty where there are none.
 */
export type Signs = (metric: string, field?: string, instrument?: InstrumentId) => string

/** Of every instrument: the same for all but those that have something of their own. */
export function signsFor(specs: readonly MetricSpec[], settings: MetricSettings): Signs {
  const shared = signsOf(specs, settings.metrics)
  const own = new Map<InstrumentId, Signs>()
  return (metric, field, instrument) => {
    if (instrument === undefined || !hasOwn(settings, instrument)) return shared(metric, field)
    const signs = own.get(instrument) ?? signsOf(specs, settingsOn(specs, settings, instrument))
    own.set(instrument, signs)
    return signs(metric, field)
  }
}

/** @param overrides as settings have them, not yet checked: what is not used changes no sign */
export function signsOf(specs: readonly MetricSpec[], overrides: Settings['metrics'] = {}): Signs {
  const known = new Map<string, string>()
  const made = (id: string, field: string | undefined): string => {
    const spec = specs.find((it) => it.id === id)
    if (!spec) return ''
    const own = (spec.params ?? []).filter((param) => isOf(param, field))
    const read = spec.reads?.map((it) => sign(it)).filter(Boolean) ?? []
    if (own.length === 0 && read.length === 0) return ''
    const values = paramsOf({ ...spec, params: own }, overrides[id])
    return (crc32(JSON.stringify([values, ...read])) >>> 0).toString(16)
  }
  const sign: Signs = (id, field) => {
    const key = field === undefined ? id : `${id}.${field}`
    const found = known.get(key) ?? made(id, field)
    known.set(key, found)
    return found
  }
  return sign
}

const isOf = ({ concerns }: ParamSpec, field: string | undefined): boolean =>
  concerns === undefined || (field === undefined ? concerns.length > 0 : concerns.includes(field))

/** Of a process without settings. */
export const noSigns: Signs = () => ''
