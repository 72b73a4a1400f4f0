import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Real captures lie beside the project, never in it; tests that want them skip, and say so, where they are absent. */
const root = dataBeside(dirname(fileURLToPath(import.meta.url)))

/** The nearest folder above that has them: the long gate runs as a bundle in another place than the tests. */
function dataBeside(folder: string): string {
  const data = join(folder, 'shared', 'data', '/')
  return existsSync(data) || dirname(folder) === folder ? data : dataBeside(dirname(folder))
}

/** Path of a capture or golden figure, such as `feeds/okx_2022.jsonl.gz`. */
export const capturePath = (name: string): string => root + name

export const haveCapture = (name: string): boolean => existsSync(capturePath(name))
