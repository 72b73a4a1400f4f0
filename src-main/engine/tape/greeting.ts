/** Longer frames are books and trades. */
const longest = 2_048
const most = 400
/** Where in a frame its kind is told. */
const lookedAt = 256
const mark = Buffer.from('ubscri')

/**
 * What was agreed on a line, as far as a reader of its frames may have to know it: what was sent, and the venue's answers to subscriptions (some of them
 * number the channels). A reader that begins in the middle of a tape hears it first.
 */
export class Greeting {
  readonly sent: string[] = []
  readonly heard: string[] = []

  say(text: string): void {
    // A heartbeat is the same every time.
    if (this.sent.includes(text)) return
    this.sent.push(text)
    if (this.sent.length > most) this.sent.shift()
  }

  hear({ buffer, byteOffset, byteLength }: Uint8Array): void {
    if (byteLength > longest) return
    const bytes = Buffer.from(buffer, byteOffset, byteLength)
    if (!bytes.subarray(0, lookedAt).includes(mark)) return
    this.heard.push(bytes.toString('utf8'))
    if (this.heard.length > most) this.heard.shift()
  }
}
