/** Where two formatted numbers begin to differ; 0 when they have not the same length, so that nothing is dimmed. */
export function firstChange(before: string, after: string): number {
  if (before.length !== after.length) return 0
  let at = 0
  while (at < after.length && before[at] === after[at]) at++
  return at
}
