import { open, rename, unlink, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { venueOf } from '../../../src-shared/instrument'
import type { ExportParts, Exported } from '../../engine/tape/exchange/export-tape'
import type { TapeEntry } from '../../engine/tape/tape-reader'
import { readEvent } from '../../engine/tape/uniform/event'
import { uniformScheme } from '../../engine/tape/uniform/uniform-venue'

/** A venue's frames as capture lines (what `record` writes and `replay` reads), or uniform events as they were imported; one file a venue. */
export async function exportLines(parts: Omit<ExportParts, 'format' | 'venues'>): Promise<Exported> {
  const { tape, wanted, out, told, damaged } = parts
  const venues = new Set([...wanted.instruments].map(venueOf))
  const files = new Map<string, FileHandle>()
  const fileOf = async (venue: string): Promise<FileHandle> => {
    const known = files.get(venue)
    if (known) return known
    const file = await open(join(out, `${venue}.jsonl.part`), 'w')
    files.set(venue, file)
    return file
  }
  let rows = 0
  let isCancelled = false
  try {
    for await (const block of tape.blocks(wanted.from, wanted.to, damaged)) {
      const lines = new Map<string, string[]>()
      for (const entry of block) {
        const venue = entry.stream?.venue
        const isOf = venue !== undefined && venues.has(venue) && within(entry, wanted)
        const line = isOf && lineOf(entry, wanted.instruments)
        if (line === false || line === undefined) continue
        const known = lines.get(venue)
        if (known) known.push(line)
        else lines.set(venue, [line])
        rows++
      }
      for (const [venue, found] of lines) await (await fileOf(venue)).write(found.join('\n') + '\n')
      isCancelled = !told(block.at(-1)?.at ?? wanted.from, rows)
      if (isCancelled) break
    }
  } catch (error) {
    await closed(files, out, false)
    throw error
  }
  return { isCancelled, files: await closed(files, out, !isCancelled), rows }
}

/** Gives the files their names, or leaves nothing of them. */
async function closed(
  files: ReadonlyMap<string, FileHandle>,
  out: string,
  isWhole: boolean
): Promise<readonly string[]> {
  const names: string[] = []
  for (const [venue, file] of files) {
    await file.close()
    const path = join(out, `${venue}.jsonl`)
    if (isWhole) await rename(`${path}.part`, path)
    else await unlink(`${path}.part`)
    names.push(`${venue}.jsonl`)
  }
  return isWhole ? names : []
}

const within = ({ at }: TapeEntry, { from, to }: { from: number; to: number }): boolean =>
  at >= from && at <= to

/** Undefined for what captures do not know. Frames of a venue may be about several instruments and are not taken apart; uniform events are about one. */
function lineOf(
  { kind, at, stream, socket, bytes }: TapeEntry,
  instruments: ReadonlySet<string>
): string | undefined {
  const raw = Buffer.from(bytes).toString('utf8')
  if (stream?.url.startsWith(uniformScheme))
    return kind === 'rx' && instruments.has(readEvent(raw)?.i ?? '') ? raw : undefined
  const head = { t: (at / 1_000).toFixed(6), k: kind }
  if (kind === 'rx' || kind === 'tx') return JSON.stringify({ ...head, c: socket, raw })
  if (kind === 'open')
    return JSON.stringify({ ...head, c: socket, url: (JSON.parse(raw) as { readonly url: string }).url })
  if (kind !== 'http') return undefined
  const end = raw.indexOf('\n')
  return JSON.stringify({ ...head, url: raw.slice(0, end), raw: raw.slice(end + 1) })
}
