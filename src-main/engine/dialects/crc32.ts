const POLYNOMIAL = 0xedb88320

const table = Int32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1
  return crc
})

/** The digits of a number, last first; 2^53 has 16. */
const digits = new Uint8Array(17)
const ZERO = 0x30

/**
 * CRC-32 as in zip (reflected, 0xEDB88320) of bytes given one after the other. Venues send it over the text of their books; it allocates nothing. Node's own
 * came with 20.15 and 22.2, and older Electrons lack it.
 */
export class Crc32 {
  #crc = -1

  reset(): this {
    this.#crc = -1
    return this
  }

  byte(byte: number): this {
    this.#crc = table[(this.#crc ^ byte) & 0xff]! ^ (this.#crc >>> 8)
    return this
  }

  /** A whole number from 0 to 2^53 as its decimal digits. */
  whole(n: number): this {
    let count = 0
    do {
      const rest = Math.floor(n / 10)
      digits[count++] = ZERO + (n - rest * 10)
      n = rest
    } while (n > 0)
    while (count > 0) this.byte(digits[--count]!)
    return this
  }

  /** Unsigned. */
  get value(): number {
    return ~this.#crc >>> 0
  }
}
