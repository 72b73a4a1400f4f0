/**
 * What is left of a whole `n` of 0 or more when as many whole `of` as possible are taken from it, as n % of: which is a loop over bits for an `n` that does
 * not fit into 32 of them, as a time in ms does not. Exact as long as n / of is below 2^40 or so.
 */
export const remainder = (n: number, of: number): number => n - of * Math.floor(n / of)
