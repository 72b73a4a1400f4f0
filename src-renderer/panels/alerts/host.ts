/** The host (and port) that an address names; empty when it is none. */
export function hostOf(address: string): string {
  try {
    return new URL(address).host
  } catch {
    // Half typed: nothing to confirm yet.
    return ''
  }
}
