const shown = 32

/** In words, why a text is no JSON: cut off, or something else; undefined where it is. */
export function jsonTrouble(text: string): string | undefined {
  try {
    JSON.parse(text)
    return undefined
  } catch {
    // What the engine says of it differs from version to version: below it is said in our own words.
  }
  if (text.length === 0) return 'it is empty'
  return isOpen(text) ? `it is cut off after ${ending(text)}` : `it is no JSON: ${beginning(text)}`
}

/** Whether a string, an object or an array is not closed where the text ends. */
function isOpen(text: string): boolean {
  let [depth, isString] = [0, false]
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!
    if (isString && char === '\\') at++
    else if (char === '"') isString = !isString
    else if (!isString && (char === '{' || char === '[')) depth++
    else if (!isString && (char === '}' || char === ']')) depth--
  }
  return isString || depth > 0
}

const ending = (text: string): string => (text.length > shown ? `…${text.slice(-shown)}` : text)
const beginning = (text: string): string => (text.length > shown ? `${text.slice(0, shown)}…` : text)
