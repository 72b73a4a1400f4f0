/** What a message or an answer over HTTP says; undefined where it is no JSON, which JSON itself never says. */
export function jsonOf(answer: string | Uint8Array): unknown {
  try {
    return JSON.parse(typeof answer === 'string' ? answer : Buffer.from(answer).toString('utf8'))
  } catch {
    return undefined
  }
}
