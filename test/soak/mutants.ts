import { execFile } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import type { Plant, Planted } from '../support/sim-venue/planted'

/** What the gate said of one planted bug. `by`: the first promise that was broken. */
export interface Verdict {
  readonly name: string
  readonly isKilled: boolean
  readonly by: string
  readonly seconds: number
}

/** Ten times what the gate takes. */
const HUNG_MS = 240_000

const copied = ['src-main', 'src-shared', 'test', 'package.json', 'tsconfig.json']

/**
 * Plants one bug after the other in a copy of the source tree `root`, and runs the quick gate on it until a promise is broken. The sound tree goes first: a
 * gate that fails anyway kills nothing. Rejects where that is so.
 */
export async function mutants(
  root: string,
  bugs: readonly Planted[],
  onVerdict: (verdict: Verdict) => void
): Promise<readonly Verdict[]> {
  const tree = await mkdtemp(join(tmpdir(), 'steelyard-mutants-'))
  try {
    for (const name of copied) await cp(join(root, name), join(tree, name), { recursive: true })
    await symlink(join(root, 'node_modules'), join(tree, 'node_modules'), 'dir')
    const sound = await brokenIn(tree)
    if (sound !== undefined) throw new Error(`the gate fails without any bug: ${sound}`)
    const verdicts: Verdict[] = []
    for (const bug of bugs) {
      const verdict = await judged(tree, bug)
      verdicts.push(verdict)
      onVerdict(verdict)
    }
    return verdicts
  } finally {
    await rm(tree, { recursive: true, force: true })
  }
}

async function judged(tree: string, { name, also, ...plant }: Planted): Promise<Verdict> {
  const undo: (() => Promise<void>)[] = []
  for (const it of also ? [plant, also] : [plant]) undo.push(await planted(tree, name, it))
  const began = performance.now()
  const by = await brokenIn(tree)
  for (const back of undo.reverse()) await back()
  return { name, isKilled: by !== undefined, by: by ?? '', seconds: (performance.now() - began) / 1_000 }
}

/** Answers with what takes it back. */
async function planted(tree: string, name: string, { file, find, put }: Plant): Promise<() => Promise<void>> {
  const path = join(tree, file)
  const sound = await readFile(path, 'utf8')
  const parts = sound.split(find)
  if (parts.length !== 2) throw new Error(`"${name}": its place is ${parts.length - 1} times in ${file}`)
  await writeFile(path, parts.join(put))
  return () => writeFile(path, sound)
}

/** The first promise that is broken in `tree`; undefined where all hold. A bug that does not even build is a mistake in the list. */
async function brokenIn(tree: string): Promise<string | undefined> {
  await build({
    root: tree,
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: join(tree, 'test', 'soak', 'gate.ts'),
      outDir: join(tree, 'gate'),
      emptyOutDir: true,
      target: 'node18.15',
      rolldownOptions: { output: { entryFileNames: 'gate.mjs' } }
    },
    ssr: { noExternal: true, external: ['bufferutil', 'utf-8-validate'] }
  })
  return new Promise((resolve, reject) => {
    const options = { timeout: HUNG_MS, maxBuffer: 2 ** 26 }
    execFile(process.execPath, [join(tree, 'gate', 'gate.mjs')], options, (error, broken, words) => {
      if (!error) resolve(undefined)
      else if (error.killed === true)
        resolve(`hung for ${HUNG_MS / 1_000} s in ${words.trimEnd().split('\n').at(-1)}`)
      else if (broken === '') reject(new Error(`the gate did not run: ${words.slice(-400)}`))
      else resolve(broken)
    })
  })
}

/** The table and its sum. */
export function tableOf(verdicts: readonly Verdict[]): string {
  const rows = verdicts.map(
    ({ name, isKilled, by, seconds }) =>
      `${isKilled ? 'killed  ' : 'SURVIVED'} ${name.padEnd(52)} ${seconds.toFixed(0).padStart(4)} s  ${by}`
  )
  const killed = verdicts.filter(({ isKilled }) => isKilled).length
  const share = ((100 * killed) / verdicts.length).toFixed(1)
  return [...rows, `${killed} of ${verdicts.length} planted bugs killed, ${share} %`].join('\n')
}
