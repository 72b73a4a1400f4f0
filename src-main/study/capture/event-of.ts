/** The event inside a Binance frame, wrapped in `{"stream","data"}` or bare. Undefined where it is no JSON object: whether it is broken is for the venue's reader to say. */
export function eventOf(bytes: Uint8Array): Readonly<Record<string, unknown>> | undefined {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
  let frame: unknown
  try {
    frame = JSON.parse(text)
  } catch {
    return undefined
  }
  const event = isObject(frame) && isObject(frame['data']) ? frame['data'] : frame
  return isObject(event) ? event : undefined
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
