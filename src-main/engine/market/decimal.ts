/** A whole number of steps of 10^-decimals as exact decimal text: (618002, 1) is "61800.2". No float arithmetic. */
export function decimal(whole: number, decimals: number): string {
  if (decimals === 0) return String(whole)
  const digits = String(whole)
  const cut = digits.length - decimals
  if (cut > 0) return digits.slice(0, cut) + '.' + digits.slice(cut)
  return '0.' + '0'.repeat(-cut) + digits
}
