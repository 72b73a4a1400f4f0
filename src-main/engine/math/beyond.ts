/** Rises from 0 to 1 as `value` goes from `at` to twice that, 0.5 at `at` itself: how far beyond its threshold something is. */
export const beyond = (value: number, at: number): number => Math.min(1, Math.max(0, value / at / 2))
