/** Worlds by their seeds, as they are asked for: `21-28`, `3`, or `1-4,7`. Throws where that says nothing. */
export function worldsOf(text: string): number[] {
  return text.split(',').flatMap((part) => {
    const [, first, last = first] = /^(\d+)(?:-(\d+))?$/.exec(part.trim()) ?? []
    const [from, to] = [Number(first), Number(last)]
    if (!(from <= to && to - from < 1_000)) throw new Error(`STEELYARD_WORLDS=21-28 or 1-4,7, not "${text}"`)
    return Array.from({ length: to - from + 1 }, (_, i) => from + i)
  })
}

/** The worlds that were asked for: `STEELYARD_WORLDS=21-28 npx vitest run ...`; undefined where none were. */
export const givenWorlds: readonly number[] | undefined =
  process.env['STEELYARD_WORLDS'] === undefined ? undefined : worldsOf(process.env['STEELYARD_WORLDS'])
