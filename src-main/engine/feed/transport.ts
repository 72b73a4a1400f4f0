/** One open line to a venue: a WebSocket, or the simulated market behind a `sim:` address. */
export interface Socket {
  send(text: string): void
  /** Asks the other end for an answer that is no frame (a pong); `answered` is called when it comes. Absent where there is no such thing. */
  echo?(answered: () => void): void
  /** Drops the line at once, without a farewell; `onClose` is not called after it. */
  terminate(): void
}

export interface SocketEvents {
  onOpen(): void
  /** The bytes are only valid during the call. */
  onFrame(bytes: Uint8Array): void
  /** A transport-level sign of life that is no frame (a ping). */
  onAlive(): void
  /** Once, also when it never opened. `reason` in words a user can read; `isBomb`: the other end sent what no client should take. */
  onClose(reason: string, isBomb?: boolean): void
}

export interface OpenOptions {
  readonly maxFrameBytes: number
  readonly handshakeTimeoutMs: number
}

/** How sockets of one URL scheme are opened. */
export interface Transport {
  readonly schemes: readonly string[]
  open(url: string, events: SocketEvents, options: OpenOptions): Socket
  /** Answers requests to its own schemes, where HTTP cannot. */
  readonly get?: HttpGet
}

export type HttpAnswer =
  | { readonly ok: true; readonly bytes: Uint8Array }
  /** `status` is NaN when there was no answer at all. `isBomb`: it was larger than allowed. */
  | {
      readonly ok: false
      readonly status: number
      readonly isBomb?: true
      readonly retryAfterMs?: number
      readonly reason: string
    }

/** GET over HTTPS, or POST of the JSON text `post`; never throws. */
export type HttpGet = (
  url: string,
  options: { readonly timeoutMs: number; readonly maxBytes: number; readonly post?: string }
) => Promise<HttpAnswer>
