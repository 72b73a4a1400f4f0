import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { signatureOf } from '../../src-main/outbound/webhook'

export const secret = 'what both ends know'

/** One post as it came in. */
export interface Received {
  readonly key: string
  readonly body: string
  readonly isSigned: boolean
}

/** Somebody's server on loopback: it hears every post, and, as long as it is not well, answers one in ten with 503 and hangs up on another. */
export class WebhookReceiver {
  readonly received: Received[] = []
  isWell = false
  readonly #server: Server

  private constructor(chance: () => number) {
    this.#server = createServer((request, response) => {
      const parts: Buffer[] = []
      request.on('data', (part: Buffer) => parts.push(part))
      request.on('end', () => {
        const body = Buffer.concat(parts).toString()
        const { 'idempotency-key': key, 'x-signature': signature } = request.headers
        this.received.push({ key: String(key), body, isSigned: signature === signatureOf(secret, body) })
        const luck = this.isWell ? 1 : chance()
        if (luck < 0.1) response.destroy()
        else response.writeHead(luck < 0.2 ? 503 : 200).end()
      })
    })
  }

  static async start(chance: () => number): Promise<WebhookReceiver> {
    const receiver = new WebhookReceiver(chance)
    await new Promise<void>((resolve) => receiver.#server.listen(0, '127.0.0.1', resolve))
    return receiver
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/hook`
  }

  async stop(): Promise<void> {
    await new Promise((resolve) => {
      this.#server.close(resolve)
      this.#server.closeAllConnections()
    })
  }
}
