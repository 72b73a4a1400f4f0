import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Real captures lie beside the project, never in it; tests that want them skip, and say so, where they are absent. */
const root = fileURLToPath(new URL('../../../shared/data/', import.meta.url))

/** Path of a capture or golden figure, such as `feeds/okx_2022.jsonl.gz`. */
export const capturePath = (name: string): string => root + name

export const haveCapture = (name: string): boolean => existsSync(capturePath(name))
