// @ts-check
import { readFile } from 'node:fs/promises'

/** @typedef {{ passed: number, failed: number, skipped: number }} Tally */

/**
 * @param {string} report what vitest's json reporter wrote
 * @returns {Tally}
 */
export function tallyOf(report) {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(report)
  // A file that could not be loaded has no tests to count, and must not look like one that passed.
  const broken = testResults.filter(
    (/** @type {{ status: string, assertionResults: unknown[] }} */ { status, assertionResults }) =>
      status === 'failed' && assertionResults.length === 0
  )
  return {
    passed: numPassedTests,
    failed: numFailedTests + broken.length,
    skipped: numPendingTests + numTodoTests
  }
}

/**
 * @param {readonly Tally[]} tallies
 * @returns {string} the line that stands alone at the end
 */
export function closingLine(tallies) {
  const sum = (/** @type {keyof Tally} */ kind) => tallies.reduce((total, tally) => total + tally[kind], 0)
  const skipped = sum('skipped')
  return `${sum('passed')} passed, ${sum('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}

/**
 * @param {string} file
 * @returns {Promise<Tally>} one failure where there is no report: the run ended before it could write one
 */
export async function tallyIn(file) {
  try {
    return tallyOf(await readFile(file, 'utf8'))
  } catch (error) {
    process.stderr.write(`no test report: ${error instanceof Error ? error.message : String(error)}\n`)
    return { passed: 0, failed: 1, skipped: 0 }
  }
}
