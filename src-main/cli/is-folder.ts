import { stat } from 'node:fs/promises'

/** Whether a path is a folder; false for what is not there. */
export const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false
  )
