/** Frame `n`: nobody could take it for another, and none has the length of its neighbours. */
export function frameOf(n: number): Buffer {
  const levels = Array.from({ length: 1 + (n % 7) }, (_, row) => [64_000 + ((n * 31 + row * 7) % 997), n])
  return Buffer.from(JSON.stringify({ n, levels }))
}
