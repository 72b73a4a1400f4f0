import { quickGate } from '../support/sim-venue/quick-gate'

/** The quick gate in a process of its own, up to the first promise that is broken: its name on stdout, exit code 1. */
for (const { id, promise, run } of quickGate)
  try {
    await run()
  } catch (error) {
    process.stderr.write(String(error))
    process.stdout.write(`${id} ${promise}`)
    process.exit(1)
  }
