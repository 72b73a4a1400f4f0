import type { Reason } from './metric'

/** Why a window of `spanMs` is not known yet, watched since `since` (NaN: not at all). `what` as in "trades", "the book". */
export function warming(at: number, since: number, spanMs: number, what: string): Reason {
  const seen = Number.isNaN(since) ? 0 : Math.max(0, at - since)
  const share = Math.min(1, seen / spanMs)
  return { share, why: `Warming up: needs ${spanText(spanMs)} of ${what}, ${spanText(seen)} are watched.` }
}

/** Why a figure that needs `needed` of something is not known after `seen` of them. */
export const gathering = (seen: number, needed: number, what: string): Reason => ({
  share: Math.min(1, seen / needed),
  why: `Warming up: needs ${needed.toLocaleString('en')} ${what}, ${Math.floor(seen).toLocaleString('en')} are seen.`
})

/** What waiting does not cure by itself. */
export const unavailable = (why: string): Reason => ({ share: NaN, why })

function spanText(ms: number): string {
  if (ms < 120_000) return `${Math.floor(ms / 1_000)} s`
  return ms < 7_200_000 ? `${Math.floor(ms / 60_000)} min` : `${Math.floor(ms / 3_600_000)} h`
}
