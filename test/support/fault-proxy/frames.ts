/** One whole message of a WebSocket's server, as it was on the wire. */
export interface WireFrame {
  readonly bytes: Buffer
  /** Of a text message; undefined for pings, pongs and the farewell. */
  readonly text: string | undefined
}

const TEXT = 1

/** Cuts what a WebSocket server sends into messages (RFC 6455, 5.2): unmasked, and never in fragments, as `ws` sends them. */
export class FrameCutter {
  #rest: Buffer = Buffer.alloc(0)

  push(chunk: Buffer): WireFrame[] {
    this.#rest = Buffer.concat([this.#rest, chunk])
    const frames: WireFrame[] = []
    for (let size = sizeOf(this.#rest); size <= this.#rest.length; size = sizeOf(this.#rest)) {
      const bytes = this.#rest.subarray(0, size)
      const isText = (bytes[0]! & 15) === TEXT
      frames.push({ bytes, text: isText ? bytes.subarray(headOf(bytes)).toString('utf8') : undefined })
      this.#rest = this.#rest.subarray(size)
    }
    return frames
  }
}

/** A text as a server sends it. `first` is the frame's first byte: the end of a text message unless told otherwise. */
export function framed(text: string | Buffer, first = 0x80 | TEXT): Buffer {
  const payload = Buffer.from(text)
  return Buffer.concat([headFor(payload.length, first), payload])
}

/** The head of a frame with so many bytes behind it. */
export function headFor(length: number, first = 0x80 | TEXT): Buffer {
  const size = length < 126 ? 2 : length < 65_536 ? 4 : 10
  const head = Buffer.alloc(size)
  head[0] = first
  head[1] = size === 2 ? length : size === 4 ? 126 : 127
  if (size === 4) head.writeUInt16BE(length, 2)
  if (size === 10) head.writeBigUInt64BE(BigInt(length), 2)
  return head
}

function headOf(bytes: Buffer): number {
  const length = bytes[1]! & 127
  return length < 126 ? 2 : length === 126 ? 4 : 10
}

/** Of the frame that begins here; Infinity while its head is not all there. */
function sizeOf(bytes: Buffer): number {
  if (bytes.length < 2 || bytes.length < headOf(bytes)) return Infinity
  const head = headOf(bytes)
  const length = head === 2 ? bytes[1]! & 127 : head === 4 ? bytes.readUInt16BE(2) : bytes.readBigUInt64BE(2)
  return head + Number(length)
}
