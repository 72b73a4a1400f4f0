import { str as crc32 } from 'crc-32'
import type { MetricSpec } from '../../../src-shared/contract/catalogue'
import type { Settings } from '../../../src-shared/settings'
import { paramsOf } from './params'

/** A short text that is the same as long as a metric's figures mean the same: of its parameters and of those of what it reads. Empty where there are none. */
export type Signs = (metric: string) => string

/** @param overrides as settings have them, not yet checked: what is not used changes no sign */
export function signsOf(specs: readonly MetricSpec[], overrides: Settings['metrics'] = {}): Signs {
  const known = new Map<string, string>()
  const sign = (id: string): string => {
    const found = known.get(id)
    if (found !== undefined) return found
    const spec = specs.find((it) => it.id === id)
    const read = spec?.reads?.map(sign).filter(Boolean) ?? []
    const isSet = (spec?.params?.length ?? 0) > 0 || read.length > 0
    const parts = spec && isSet ? [paramsOf(spec, overrides[id]), ...read] : undefined
    const made = parts ? (crc32(JSON.stringify(parts)) >>> 0).toString(16) : ''
    known.set(id, made)
    return made
  }
  return sign
}

/** Of a process without settings. */
export const noSigns: Signs = () => ''
