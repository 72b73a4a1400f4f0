import fc from 'fast-check'
import { expect } from 'vitest'
import type { Venue } from '../../src-main/engine/venues/venue'
import { bytesOf, RecordingSink } from './recording-sink'

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** Numbers that no reader looks at are not checked to the letter. */
const plain = (text: string): string => text.replace(/(?<=[:,[]\s*)[-+.\deE]+(?=\s*[,\]}])/g, '0')
/** What is left once texts in other alphabets, escapes and control characters are set aside. */
const isText = (text: string): boolean => /^[ -[\]-~]*$/.test(text)

/** Cut anywhere, a frame is broken or no frame at all, and nobody hears of it. */
export function expectCutsUnheard(venue: Venue, symbol: string, frame: string): void {
  const bytes = bytesOf(frame)
  const sink = new RecordingSink(venue, symbol)
  for (let length = 0; length < bytes.length; length++)
    expect(['malformed', 'ordinary']).toContain(venue.reader().read(bytes.subarray(0, length), sink))
  expect(sink.heard).toEqual([])
  expect(sink.refined).toEqual([])
}

/** Whatever bytes of a frame are overwritten, no door throws, and what is handed over was JSON to the last byte. */
export function expectMutationsHarmless(venue: Venue, symbol: string, frames: readonly string[]): void {
  const byte = fc.oneof(fc.nat(255), fc.constantFrom(...bytesOf('"{}[],:.-+eE0159tfn\\ ')))
  const changes = fc.array(fc.tuple(fc.nat(2000), byte), { minLength: 1, maxLength: 3 })
  fc.assert(
    fc.property(fc.constantFrom(...frames), changes, (frame, edits) => {
      const bytes = bytesOf(frame)
      for (const [at, value] of edits) bytes[at % bytes.length] = value
      const sink = new RecordingSink(venue, symbol)
      const reading = venue.reader().read(bytes, sink)
      const text = new TextDecoder().decode(bytes)
      if (venue.snapshot.kind === 'rest') venue.snapshot.read(bytes, sink.lane1)
      venue.reader().decode(text)
      if (reading !== 'taken') expect(sink.heard).toEqual([])
      if (sink.heard.length > 0 && isText(text)) expect(isJson(plain(text))).toBe(true)
      for (const row of [...sink.lane1.changes.bids.price.subarray(0, sink.lane1.changes.bids.count)])
        if (reading === 'taken') expect(Number.isSafeInteger(row) && row > 0).toBe(true)
    }),
    { numRuns: 3000 }
  )
}
