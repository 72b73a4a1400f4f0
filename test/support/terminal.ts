import { afterEach, beforeEach, vi } from 'vitest'

/** What a command has written since the test began, or since it was forgotten. */
export interface HeldTerminal {
  /** On stdout. */
  readonly said: string
  /** On stderr. */
  readonly complained: string
  forget(): void
}

/** Keeps what every test of the file writes to the terminal, instead of showing it. */
export function heldTerminal(): HeldTerminal {
  const held = { said: '', complained: '', forget }
  function forget(): void {
    held.said = held.complained = ''
  }
  beforeEach(() => {
    forget()
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((held.said += String(text)), true))
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((held.complained += String(text)), true))
  })
  afterEach(() => {
    vi.restoreAllMocks()
  })
  return held
}
