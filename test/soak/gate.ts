import { quickGate } from '../support/sim-venue/quick-gate'

/**
 * The quick gate in a process of its own, up to the first promise that is broken: its name on stdout, exit code 1. Each is named on stderr before it is tried, as
 * one that hangs can say nothing more.
 */
for (const { id, promise, run } of quickGate)
  try {
    process.stderr.write(`${id} ${promise}\n`)
    await run()
  } catch (error) {
    process.stderr.write(String(error))
    process.stdout.write(`${id} ${promise}`)
    process.exit(1)
  }
