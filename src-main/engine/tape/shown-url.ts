import { addressOf } from '../feed/address'

/** A tape is passed around; what let its owner in is not. */
export function withoutToken(text: string): string {
  const url = addressOf(text)
  if (!url?.searchParams.has('token')) return text
  url.searchParams.set('token', 'TOKEN')
  return url.href
}

/** The service behind an address, without what was asked of it: addresses differ with every connection, services do not. */
export function serviceOf(text: string): string {
  return text.split('?', 1)[0]!
}
