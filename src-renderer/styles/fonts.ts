/** A letter of each bundled face: Latin, its extension, Greek. */
const letters = '0ĀΔ'

/**
 * Waits for the bundled faces. A page draws its words anew when a font arrives; a canvas keeps what was written with another one, and its
 * measures. Answers why they did not load, if they did not: the window opens all the same.
 */
export async function fontsReady(fonts: Pick<FontFaceSet, 'load'>): Promise<string | undefined> {
  try {
    await fonts.load('11px Inter', letters)
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
