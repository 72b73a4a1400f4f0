import type { FoundFile, TapeFiles } from './files'
import { isImported, startOf } from './segment-name'

export interface TapeLimits {
  readonly bytes: number
  readonly days: number
}

const dayMs = 86_400_000

/** The segments that must go so that the rest keeps to the limits: too old, then the oldest of too many. `keep` is being written; what was imported stays until the user removes it. */
export function tooMany(
  found: readonly FoundFile[],
  limits: TapeLimits,
  now: number,
  keep?: string
): readonly string[] {
  const segments = found
    .filter(({ name }) => startOf(name) !== undefined && !isImported(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
  let bytes = segments.reduce((sum, it) => sum + it.bytes, 0)
  const gone: string[] = []
  for (const [place, segment] of segments.entries()) {
    if (segment.name === keep) continue
    // A segment is as young as its last record, which is older than the next one's start.
    const endsBefore = startOf(segments[place + 1]?.name ?? '') ?? now
    const isOld = now - endsBefore > limits.days * dayMs
    if (!isOld && bytes <= limits.bytes) continue
    gone.push(segment.name)
    bytes -= segment.bytes
  }
  return gone
}

/** Removes what the limits do not allow; answers with the bytes that are left, and throws what the disk says. */
export async function trim(
  files: TapeFiles,
  limits: TapeLimits,
  now: number,
  keep?: string
): Promise<number> {
  const found = await files.list()
  const gone = new Set(tooMany(found, limits, now, keep))
  for (const name of gone) await files.remove(name)
  return found.filter(({ name }) => !gone.has(name)).reduce((sum, it) => sum + it.bytes, 0)
}
