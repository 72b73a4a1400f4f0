const whole = /^(https?|wss?):\/\/[^\s/]+/

/** Why this can be no address in the place of `usual`, in words; empty when it can. Where it may lead is the engine's to say. */
export function wrongAddress(url: string, usual: string): string {
  const scheme = whole.exec(url)?.[1]
  const wanted = usual.startsWith('http') ? 'https:' : 'wss:'
  const local = wanted === 'https:' ? 'http:' : 'ws:'
  if (scheme !== undefined && wanted.startsWith(scheme.replace(/s$/, ''))) return ''
  const begins = `It begins with ${wanted}//, on this machine also with ${local}//, and names a host`
  return scheme === undefined ? `Not an address. ${begins}.` : `Of the wrong kind. ${begins}.`
}
