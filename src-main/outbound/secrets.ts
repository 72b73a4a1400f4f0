import * as v from 'valibot'
import { secretNames, type SecretName } from '../../src-shared/alerts/channels'
import type { Saved } from '../../src-shared/contract/calls'
import type { Shape } from '../store/shape'

const sealed = v.pipe(v.string(), v.base64(), v.maxLength(4_096))
const sealedSchema = v.strictObject({
  version: v.literal(1),
  sealed: v.record(v.picklist(secretNames), sealed)
})
export type SealedSecrets = Readonly<v.InferOutput<typeof sealedSchema>>

export const secretsShape: Shape<SealedSecrets> = {
  name: 'secrets',
  title: 'sealed secrets',
  version: 1,
  migrations: {},
  schema: sealedSchema,
  defaults: { version: 1, sealed: {} }
}

/** What seals secrets: the system's key store. */
export interface Safe {
  /** Why it cannot be used, in words; empty when it can. */
  wanting(): Promise<string>
  seal(text: string): Promise<Buffer>
  /** @throws what another machine or user sealed */
  open(sealed: Buffer): Promise<string>
}

/** Tokens and keys, on disk only sealed by the system; without a key store nothing is kept. */
export class Secrets {
  readonly #kept: { readonly value: SealedSecrets; save(secrets: SealedSecrets): Saved }
  readonly #safe: Safe

  constructor(kept: { readonly value: SealedSecrets; save(secrets: SealedSecrets): Saved }, safe: Safe) {
    this.#kept = kept
    this.#safe = safe
  }

  has(name: SecretName): boolean {
    return Object.hasOwn(this.#kept.value.sealed, name)
  }

  /** An empty secret forgets it. */
  async set(name: SecretName, secret: string): Promise<Saved> {
    const others = Object.entries(this.#kept.value.sealed).filter(([other]) => other !== name)
    if (secret === '') return this.#save(others)
    try {
      const wanting = await this.#safe.wanting()
      if (wanting !== '') return { ok: false, reason: wanting }
      const closed = (await this.#safe.seal(secret)).toString('base64')
      return this.#save([...others, [name, closed]])
    } catch (error) {
      return { ok: false, reason: `the system did not seal it: ${wordsOf(error)}` }
    }
  }

  /** Empty: there is none. A reason: it is there and cannot be opened. */
  async get(name: SecretName): Promise<{ readonly secret: string; readonly reason: string }> {
    const closed = this.#kept.value.sealed[name]
    if (closed === undefined) return { secret: '', reason: '' }
    try {
      return { secret: await this.#safe.open(Buffer.from(closed, 'base64')), reason: '' }
    } catch (error) {
      return { secret: '', reason: `the system did not open the ${name}: ${wordsOf(error)}; enter it again` }
    }
  }

  #save(entries: readonly (readonly [string, string])[]): Saved {
    return this.#kept.save({ version: 1, sealed: Object.fromEntries(entries) })
  }
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
