import type { Finding } from '../finding'
import { figuresOf, type LobsterFigures } from './figures'
import { readSession } from './reader'

/** The study of one LOBSTER day: its message file and its orderbook file, gzip or not; the number of levels is read from the latter. */
export async function studyLobster(messagePath: string, bookPath: string): Promise<Finding<LobsterFigures>> {
  const session = await readSession(messagePath, bookPath)
  return session.ok ? { ok: true, figures: figuresOf(session.figures) } : session
}
