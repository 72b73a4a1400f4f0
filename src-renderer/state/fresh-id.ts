/** An id no other list, rule, tab or pane has. */
export const freshId = (kind: string): string => `${kind}-${crypto.randomUUID().slice(0, 13)}`
