import type { Dialect, Listing } from '../../support/sim-venue/dialect'

/** `count` instruments like the dialect's first, named as the venue would. */
export function crowdOf({ listings }: Dialect, count: number): readonly Listing[] {
  const like = listings[0]!
  const [, name = ''] = /(XBT|BTC)/i.exec(like.symbol) ?? []
  return Array.from({ length: count }, (_, n) => {
    const base = `Q${letter(n / 26)}${letter(n % 26)}`
    const told = name === name.toLowerCase() ? base.toLowerCase() : base
    return { ...like, symbol: like.symbol.replace(name, told), base }
  })
}

const letter = (n: number): string => String.fromCharCode(65 + Math.floor(n))
