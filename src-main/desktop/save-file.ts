import type { Saved } from '../../src-shared/contract/calls'

export interface SaveParts {
  /** Asks the user, offering a name. */
  readonly ask: (name: string) => Promise<{ readonly canceled: boolean; readonly filePath?: string }>
  readonly write: (path: string, text: string) => Promise<void>
}

/** Keeps a text where the user says. Refused without a reason: the user thought better of it. */
export async function saveFile({ ask, write }: SaveParts, name: string, text: string): Promise<Saved> {
  const { canceled, filePath } = await ask(name)
  if (canceled || filePath === undefined || filePath === '') return { ok: false, reason: '' }
  try {
    await write(filePath, text)
    return { ok: true }
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) }
  }
}
