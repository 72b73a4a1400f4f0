import { expect } from 'vitest'

/** Every figure of `golden`, at any depth, is met by `found`: numbers within `relative`, all else exactly, and no key more or less. */
export function expectGolden(
  found: unknown,
  golden: unknown,
  relative: (path: string) => number = () => 1e-9
): void {
  const misses: string[] = []
  compare('', found, golden, relative, misses)
  expect(misses).toEqual([])
}

function compare(
  path: string,
  found: unknown,
  golden: unknown,
  relative: (path: string) => number,
  misses: string[]
): void {
  if (isBranch(golden) && isBranch(found)) {
    for (const key of new Set([...Object.keys(golden), ...Object.keys(found)]))
      compare(path === '' ? key : `${path}.${key}`, found[key], golden[key], relative, misses)
    return
  }
  const isNear =
    typeof golden === 'number' && typeof found === 'number'
      ? Math.abs(found - golden) <= relative(path) * Math.abs(golden)
      : found === golden
  if (!isNear) misses.push(`${path}: ${String(found)} instead of ${String(golden)}`)
}

const isBranch = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null
