import type { GenericSchema } from 'valibot'
import { getDotPath, safeParse } from 'valibot'

/** Lifts a document from the version of its key to the next one. */
export type Migrations = Readonly<Record<number, (older: Readonly<Record<string, unknown>>) => unknown>>

/** One file of the user's, described. */
export interface Shape<T> {
  /** The file's name without `.json`. */
  readonly name: string
  /** What the user calls its content: "watchlists". */
  readonly title: string
  readonly version: number
  readonly migrations: Migrations
  readonly schema: GenericSchema<unknown, T>
  readonly defaults: T
  /** What becomes of the content where no backup is good; "are the defaults" when left out. */
  readonly anew?: string
}

export type Reading<T> =
  | { readonly kind: 'good'; readonly value: T }
  | { readonly kind: 'bad'; readonly reason: string }
  /** Written by a later Steelyard. */
  | { readonly kind: 'newer'; readonly version: number }

/** Text → JSON → today's version → checked value. Never throws: every failure is a reason a user can read. */
export function readingOf<T>(text: string, shape: Shape<T>): Reading<T> {
  if (text.trim() === '') return { kind: 'bad', reason: 'the file is empty' }
  const json = jsonIn(text)
  if (!isRecord(json)) return { kind: 'bad', reason: 'it is not JSON, or was cut short' }
  const version = json['version']
  if (typeof version !== 'number') return { kind: 'bad', reason: 'it names no version' }
  if (version > shape.version) return { kind: 'newer', version }
  return checked(lifted(json, version, shape), shape)
}

function checked<T>(json: unknown, shape: Shape<T>): Reading<T> {
  const result = safeParse(shape.schema, json)
  if (result.success) return { kind: 'good', value: result.output }
  const issue = result.issues[0]
  const path = getDotPath(issue)
  return { kind: 'bad', reason: path === null ? issue.message : `${path}: ${issue.message}` }
}

function lifted<T>(json: Record<string, unknown>, from: number, shape: Shape<T>): unknown {
  let document: unknown = json
  for (let version = from; version < shape.version; version++) {
    const lift = shape.migrations[version]
    // Without a way up the schema refuses the old version number, with its reason.
    if (lift === undefined || !isRecord(document)) return document
    document = lift(document)
  }
  return document
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The caller says what follows: the parser's own words point at a byte, which helps no user.
    return undefined
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
