import process from 'node:process'

/** Resolves when the user ends the command, or when nobody reads its output any longer. */
export function stopped(): Promise<void> {
  return new Promise((resolve) => {
    const stop = () => {
      resolve()
    }
    process.once('SIGINT', stop)
    process.once('SIGTERM', stop)
    // The reader of a pipe went away.
    process.stdout.once('error', stop)
  })
}
