/** 97.5 % of a normal distribution lie below. */
const z = 1.959963984540054

/**
 * Where the true share lies with 95 % confidence when `hits` of `n` came true, in [0, 1]; NaN for n = 0.
 * Wilson 1927, "Probable inference, the law of succession, and statistical inference", JASA 22.
 */
export function shareInterval(hits: number, n: number): readonly [low: number, high: number] {
  const share = hits / n
  const centre = share + (z * z) / (2 * n)
  const reach = z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n))
  const scale = 1 + (z * z) / n
  return [Math.max(0, (centre - reach) / scale), Math.min(1, (centre + reach) / scale)]
}
