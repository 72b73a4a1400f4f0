import * as v from 'valibot'
import type { Memory } from '../../src-shared/contract/control'
import type { Millis } from '../../src-shared/units'
import { millis } from '../../src-shared/units'
import { instrumentIdSchema } from '../../src-shared/watchlist'
import type { Document } from './document'
import type { Shape } from './shape'

const kindPattern = /^[a-z0-9-]{1,32}$/
/** More kinds than there are metrics is nonsense, and is not written. */
const mostKinds = 64
const mostInstruments = 300
const mostValues = 4_096

const at = v.pipe(
  v.number(),
  v.finite(),
  v.transform((ms): Millis => millis(ms))
)
const whole = v.pipe(v.number(), v.integer(), v.minValue(0))

/** What metrics of one kind learned, as a file. */
const learnedSchema = v.strictObject({
  version: v.literal(1),
  /** The metric's own. */
  of: whole,
  entries: v.pipe(
    v.array(
      v.strictObject({
        instrument: instrumentIdSchema,
        at,
        values: v.pipe(v.array(v.pipe(v.number(), v.finite())), v.maxLength(mostValues))
      })
    ),
    v.maxLength(mostInstruments)
  )
})
export type Learned = Readonly<v.InferOutput<typeof learnedSchema>>

const shapeOf = (kind: string): Shape<Learned> => ({
  name: kind,
  title: `learned figures of ${kind}`,
  version: 1,
  migrations: {},
  schema: learnedSchema,
  defaults: { version: 1, of: 0, entries: [] },
  anew: 'are learned anew'
})

/** Names in the folder that are such files. */
export function learnedKinds(names: readonly string[]): readonly string[] {
  return names
    .flatMap((file) => (file.endsWith('.json') ? [file.slice(0, -'.json'.length)] : []))
    .filter((kind) => kindPattern.test(kind))
    .slice(0, mostKinds)
}

type Kept = Pick<Document<Learned>, 'value' | 'save' | 'flush'>

/** What metrics learned of instruments: one file a kind. A file that cannot be used is kept aside, and its metric learns anew. */
export class MemoryFiles {
  readonly #open: (shape: Shape<Learned>) => Kept
  readonly #tell: (severity: 'warn' | 'critical', text: string) => void
  readonly #documents = new Map<string, Kept>()
  /** Kinds whose trouble was told: once is enough. */
  readonly #complained = new Set<string>()

  constructor(
    kinds: readonly string[],
    open: (shape: Shape<Learned>) => Kept,
    tell: (severity: 'warn' | 'critical', text: string) => void
  ) {
    this.#open = open
    this.#tell = tell
    for (const kind of kinds) this.#documents.set(kind, open(shapeOf(kind)))
  }

  get all(): readonly Memory[] {
    return [...this.#documents].map(([kind, { value }]) => ({
      kind,
      version: value.of,
      entries: value.entries
    }))
  }

  /** Entries replace those of the same instruments; another version replaces all. The instrument not heard of for longest makes room. */
  save({ kind, version, entries }: Memory): void {
    if (!kindPattern.test(kind)) return
    if (!this.#documents.has(kind) && this.#documents.size >= mostKinds) return
    const document = this.#documents.get(kind) ?? this.#open(shapeOf(kind))
    this.#documents.set(kind, document)
    const before = document.value.of === version ? document.value.entries : []
    const fresh = new Set(entries.map((entry) => entry.instrument))
    const kept = [...before.filter((entry) => !fresh.has(entry.instrument)), ...entries].slice(
      -mostInstruments
    )
    const saved = document.save({
      version: 1,
      of: version,
      entries: kept.map((entry) => ({ ...entry, values: [...entry.values] }))
    })
    if (saved.ok || this.#complained.has(kind)) return
    this.#complained.add(kind)
    this.#tell('warn', `learned/${kind}.json takes nothing of what was learned: ${saved.reason}.`)
  }

  flush(): void {
    for (const document of this.#documents.values()) document.flush()
  }
}
