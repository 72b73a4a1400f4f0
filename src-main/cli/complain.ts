import process from 'node:process'

/** Says what was asked wrongly or cannot be read, and answers with the exit code for it. */
export function complain(reason: string): 2 {
  process.stderr.write(`steelyard: ${reason}\n`)
  return 2
}
