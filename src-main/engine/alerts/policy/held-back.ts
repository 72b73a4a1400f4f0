import type { Alert, Withheld } from '../../../../src-shared/alert'

const hour = 3_600_000
const minute = 60_000

/** Counts of what was not told: of the last hour by reason, minute by minute, and since the start by rule. */
export class HeldBack {
  readonly #minutes = new Map<number, Map<Withheld, number>>()
  readonly #muted = new Map<string, number>()

  note({ ruleId, withheld }: Alert, at: number): void {
    if (withheld.length === 0) return
    this.#muted.set(ruleId, this.muted(ruleId) + 1)
    const begun = Math.floor(at / minute)
    const counts = this.#minutes.get(begun) ?? new Map<Withheld, number>()
    this.#minutes.set(begun, counts)
    for (const { why } of withheld) counts.set(why, (counts.get(why) ?? 0) + 1)
  }

  /** Forgets what is over an hour old. */
  settle(at: number): void {
    for (const begun of this.#minutes.keys())
      if (Math.abs(at - begun * minute) > hour) this.#minutes.delete(begun)
  }

  get counts(): Readonly<Partial<Record<Withheld, number>>> {
    const sums: Partial<Record<Withheld, number>> = {}
    for (const counts of this.#minutes.values())
      for (const [why, count] of counts) sums[why] = (sums[why] ?? 0) + count
    return sums
  }

  muted(rule: string): number {
    return this.#muted.get(rule) ?? 0
  }
}

/** Without some of its channels (all, unless said otherwise), and with the reason. */
export function withheld(
  alert: Alert,
  why: Withheld,
  which: (channel: string) => boolean = () => true
): Alert {
  const held = alert.channels.filter(which)
  if (held.length === 0) return alert
  const channels = alert.channels.filter((channel) => !which(channel))
  return {
    ...alert,
    channels,
    desktop: channels.includes('desktop'),
    withheld: [...alert.withheld, ...held.map((channel) => ({ channel, why }))]
  }
}

/** `sound:2` is a sound. */
export const channelOf = (channel: string): string => channel.split(':')[0]!
