import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { expect, test } from 'vitest'

/** Who may never look where. Read each line as: files in here, never import from there. */
const never: readonly (readonly [here: RegExp, there: RegExp])[] = [
  [/^src-shared\//, /^(src-main|src-renderer)\/|^(electron|svelte|uplot|ws|node:)/],
  [/^src-renderer\//, /^src-main\/|^(electron|ws|node:)/],
  [/^src-main\//, /^src-renderer\/|^(svelte|uplot)/],
  [/^src-main\/engine\//, /^src-main\/(?!engine\/)|^electron/],
  [/^src-main\/study\//, /^(electron|ws$|node:(?!path$))|^src-main\/(?!study\/|engine\/)/],
  [/^src-main\/cli\//, /^electron|^src-main\/(desktop|store)\//],
  [
    /^src-main\/engine\/(book|metrics|alerts|sim|algos|math|portfolio|scan|market|forecast)\//,
    /^src-main\/engine\/(venues|feed|tape)\/|^(ws$|node:)/
  ]
]
/** Pure rooms read types of nobody but the ones named here. */
const only: readonly (readonly [here: RegExp, there: RegExp])[] = [
  [/^src-shared\//, /^(src-shared\/|valibot$)/],
  [/^src-main\/engine\/math\//, /^src-main\/engine\/math\//]
]
/** Rooms whose folders are strangers to one another; each is known only to the room's index.ts. */
const registries = [
  'src-main/engine/venues',
  'src-main/engine/metrics',
  'src-main/engine/algos',
  'src-renderer/panels'
].filter((room) => existsSync(room))

const files = ['src-main', 'src-renderer', 'src-shared']
  .flatMap((root) => readdirSync(root, { recursive: true, encoding: 'utf8' }).map((path) => join(root, path)))
  .filter((path) => /\.(ts|svelte)$/.test(path))
const imports = new Map(files.map((file) => [file, importsOf(file)]))

test.each(files)('%s keeps to its room', (file) => {
  const found = imports.get(file)!
  const forbidden = found.filter((to) => never.some(([here, there]) => here.test(file) && there.test(to)))
  const beyond = found.filter((to) => only.some(([here, there]) => here.test(file) && !there.test(to)))
  const neighbours = found.filter(
    (to) =>
      folderIn(file) && folderIn(to) && folderIn(file) !== folderIn(to) && registryOf(file) === registryOf(to)
  )
  expect([...forbidden, ...beyond, ...neighbours]).toEqual([])
})

test('no file imports itself by way of others', () => {
  expect(files.filter((file) => reaches(file).has(file))).toEqual([])
})

test.each(registries.flatMap(foldersOf))('%s is registered once and has a test', (folder) => {
  const name = folder.split('/').at(-1)!
  const lines = readFileSync(join(dirname(folder), 'index.ts'), 'utf8').split('\n')
  const registered = lines.filter(
    (line) => line.startsWith('import') && new RegExp(`'\\./${name}['/]`).test(line)
  )
  expect(registered).toHaveLength(1)
  const mirror = join('test', folder.replace(/^src-(main\/)?/, ''))
  expect(existsSync(`${mirror}.test.ts`) || existsSync(join(mirror, `${name}.test.ts`))).toBe(true)
})

test.each(files.filter((file) => file.startsWith('src-main/engine/venues/') && file.endsWith('/index.ts')))(
  '%s cites its rules in a README',
  (file) => {
    if (folderIn(file) === undefined) return
    expect(existsSync(join(dirname(file), 'README.md'))).toBe(true)
  }
)

test('nothing in the window is drawn from raw HTML', () => {
  expect(
    files.filter((file) => file.endsWith('.svelte') && readFileSync(file, 'utf8').includes('{@html'))
  ).toEqual([])
})

function importsOf(file: string): string[] {
  const found = readFileSync(file, 'utf8').matchAll(
    /(?:^import\s*|^import[^'"]*?\sfrom\s*|^export[^'"]*?\sfrom\s*|^\}\s*from\s*|import\()\s*['"]([^'"]+)['"]/gm
  )
  return [...found].map(([, to]) =>
    to!.startsWith('.') ? resolve(normalize(join(dirname(file), to!))) : to!
  )
}
function resolve(path: string): string {
  return [path, `${path}.ts`, `${path}/index.ts`].find((it) => files.includes(it)) ?? path
}
function reaches(from: string, seen = new Set<string>()): Set<string> {
  for (const to of imports.get(from) ?? []) if (!seen.has(to)) reaches(to, seen.add(to))
  return seen
}
function registryOf(path: string): string | undefined {
  return registries.find((room) => path.startsWith(`${room}/`))
}
function folderIn(path: string): string | undefined {
  const room = registryOf(path)
  const rest = room && path.slice(room.length + 1).split('/')
  return rest && rest.length > 1 ? rest[0] : undefined
}
function foldersOf(room: string): string[] {
  return readdirSync(room, { withFileTypes: true })
    .filter((it) => it.isDirectory())
    .map((it) => `${room}/${it.name}`)
}
