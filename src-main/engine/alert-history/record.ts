import { buf as crc32 } from 'crc-32'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { Alert } from '../../../src-shared/alert'
import type { DeliveryResult, Outcome } from '../../../src-shared/alerts/record'

/** One thing that happened to an episode. */
export type HistoryRecord =
  | { readonly k: 'fired'; readonly alert: Alert }
  | { readonly k: 'told'; readonly alert: Alert; readonly at: number }
  | { readonly k: 'result'; readonly result: DeliveryResult }
  | {
      readonly k: 'evidence'
      readonly id: string
      readonly figures: Readonly<Record<string, number>>
      /** Numbers of each part of the binary. */
      readonly bids: number
      readonly asks: number
    }
  | { readonly k: 'after'; readonly id: string }
  | { readonly k: 'outcome'; readonly id: string; readonly outcome: Outcome }
  | {
      readonly k: 'ended'
      readonly id: string
      readonly peak: number
      readonly lastedMs: number
      readonly unknown: boolean
    }
  | { readonly k: 'ack'; readonly id: string; readonly at: number; readonly by: string }
  | { readonly k: 'note'; readonly id: string; readonly text: string }
  | { readonly k: 'tag'; readonly id: string; readonly tag: '' | 'useful' | 'noise' }

const magic = 0x31484153
const headBytes = 12
const packed = 0x80000000
const packFrom = 512
/** Longer is no record of ours. */
const mostBytes = 4_000_000
const none = new Uint8Array(0)

/** A record as the file holds it. */
export function encode(record: HistoryRecord, binary: Uint8Array = none): Buffer {
  const json = Buffer.from(JSON.stringify(record))
  const payload = Buffer.alloc(4 + json.length + binary.length)
  payload.writeUInt32LE(json.length, 0)
  json.copy(payload, 4)
  payload.set(binary, 4 + json.length)
  const isPacked = payload.length > packFrom
  const stored = isPacked ? deflateRawSync(payload, { level: 1 }) : payload
  const bytes = Buffer.alloc(headBytes + stored.length)
  bytes.writeUInt32LE(magic, 0)
  bytes.writeUInt32LE(((isPacked ? packed : 0) | stored.length) >>> 0, 4)
  bytes.writeInt32LE(crc32(stored), 8)
  stored.copy(bytes, headBytes)
  return bytes
}

export interface Decoded {
  readonly record: HistoryRecord
  readonly binary: Uint8Array
  /** Of the whole record in the file. */
  readonly bytes: number
}

/** The record at `from`; undefined where there is none that is whole. */
export function decode(file: Buffer, from: number): Decoded | undefined {
  if (from + headBytes > file.length || file.readUInt32LE(from) !== magic) return undefined
  const length = file.readUInt32LE(from + 4)
  const bytes = length & ~packed
  if (bytes > mostBytes || from + headBytes + bytes > file.length) return undefined
  const stored = file.subarray(from + headBytes, from + headBytes + bytes)
  if (crc32(stored) !== file.readInt32LE(from + 8)) return undefined
  const payload =
    (length & packed) === 0 ? stored : inflateRawSync(stored, { maxOutputLength: 4 * mostBytes })
  const jsonBytes = payload.readUInt32LE(0)
  const record = parse(payload.subarray(4, 4 + jsonBytes).toString())
  return { record, binary: Uint8Array.from(payload.subarray(4 + jsonBytes)), bytes: headBytes + bytes }
}

/** JSON of ours, that a CRC has vouched for. */
export const parse = (json: string): HistoryRecord =>
  JSON.parse(json, (_, value: unknown) => (value === null ? NaN : value)) as HistoryRecord
