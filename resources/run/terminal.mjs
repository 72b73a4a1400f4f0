// @ts-check
import { realpathSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The repository's root, whatever the directory the script was started in. */
export const root = resolve(fileURLToPath(import.meta.url), '../../..')

/** Something outside stands in the way: the message is for the user to read, without a stack. */
export class Refusal extends Error {}

/**
 * Speaks on stderr, so that stdout carries answers only.
 * @param {string} text
 */
export function say(text) {
  process.stderr.write(`[steelyard] ${text.split('\n').join('\n            ')}\n`)
}

/**
 * Runs a script's main function when its file was started, and not when it was imported.
 * @param {string} url the file's import.meta.url
 * @param {(args: string[]) => Promise<number>} script answers the exit code
 */
export async function runAsScript(url, script) {
  const started = process.argv[1]
  if (started === undefined || realpathSync(started) !== fileURLToPath(url)) return
  try {
    process.exitCode = await script(process.argv.slice(2))
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    say(error.message)
    process.exitCode = 1
  }
}
