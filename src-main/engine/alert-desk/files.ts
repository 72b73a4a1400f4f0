import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { snoozeTargetSchema } from '../../../src-shared/alerts/policy'
import { millis } from '../../../src-shared/units'
import type { Learned } from '../alerts/figures'
import type { PolicyMemory } from '../alerts/policy/policy'

const finite = v.pipe(v.number(), v.finite())
const learnedSchema = v.object({
  version: v.literal(1),
  figures: v.pipe(v.array(v.object({ key: v.string(), values: v.array(finite) })), v.maxLength(100_000))
})
const policySchema = v.object({
  version: v.literal(1),
  snoozes: v.pipe(
    v.array(
      v.object({
        target: snoozeTargetSchema,
        since: v.pipe(finite, v.transform(millis)),
        // JSON knows no Infinity: until reset is null.
        until: v.pipe(
          v.nullable(finite),
          v.transform((until) => until ?? Infinity)
        ),
        muted: finite
      })
    ),
    v.maxLength(500)
  ),
  quiet: v.pipe(v.array(v.tuple([v.string(), finite])), v.maxLength(500)),
  spent: v.pipe(v.array(v.tuple([v.string(), finite])), v.maxLength(100_000))
})

/** What rules learned and how alerts are held back, over restarts: two small files, written whole and renamed. */
export class AlertFiles {
  readonly #folder: string
  readonly #tell: (fault: string) => void
  #isFaulty = false

  constructor(folder: string, tell: (fault: string) => void) {
    this.#folder = folder
    this.#tell = tell
  }

  get learned(): readonly Learned[] {
    return this.#read('learned.json', learnedSchema)?.figures ?? []
  }

  get policy(): PolicyMemory | undefined {
    return this.#read('policy-state.json', policySchema)
  }

  saveLearned(figures: readonly Learned[]): void {
    this.#write('learned.json', { version: 1, figures })
  }

  savePolicy(memory: PolicyMemory): void {
    this.#write('policy-state.json', { version: 1, ...memory })
  }

  #read<T>(name: string, schema: v.GenericSchema<unknown, T>): T | undefined {
    let json: unknown
    try {
      json = JSON.parse(readFileSync(join(this.#folder, name), 'utf8'))
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
      this.#tell(`${name} of the alert history cannot be read; what it held begins anew`)
      return undefined
    }
    const checked = v.safeParse(schema, json)
    if (checked.success) return checked.output
    this.#tell(`${name} of the alert history makes no sense; what it held begins anew`)
    return undefined
  }

  #write(name: string, value: object): void {
    const path = join(this.#folder, name)
    try {
      mkdirSync(this.#folder, { recursive: true })
      writeFileSync(`${path}.new`, JSON.stringify(value))
      renameSync(`${path}.new`, path)
      this.#isFaulty = false
    } catch (error) {
      if (!this.#isFaulty)
        this.#tell(`${name} could not be written: ${error instanceof Error ? error.message : String(error)}`)
      this.#isFaulty = true
    }
  }
}
