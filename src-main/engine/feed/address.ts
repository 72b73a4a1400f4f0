/** The address in a text; undefined when there is none. (URL.canParse came with Node 18.17; the oldest runtime has 18.15.) */
export function addressOf(text: string): URL | undefined {
  try {
    return new URL(text)
  } catch {
    // The parser only says "Invalid URL"; the caller has better words.
    return undefined
  }
}
