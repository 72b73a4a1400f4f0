import { contextBridge, ipcRenderer } from 'electron'
import type { Ask, Bridge, Call, Tell } from '../src-shared/contract/calls'
import { channels } from './channels'

// All that this file needs of the page it runs in; the room's other files live in Node and must not see a DOM.
interface Port {
  close(): void
}
declare const location: { readonly origin: string }
declare const window: { postMessage(message: unknown, origin: string, ports: readonly Port[]): void }

const calls: Readonly<Record<Call, true>> = {
  'app:boot': true,
  'app:dismiss-notice': true,
  'settings:save': true,
  'watchlists:save': true,
  'layouts:save': true,
  'rules:save': true,
  'alert-policy:save': true,
  'alert-channels:save': true,
  'alert-channels:secret': true,
  'alert-channels:test': true,
  'alert-channels:played': true,
  'rules:test': true,
  'file:save': true,
  'text:copy': true,
  'file:open': true,
  'sounds:keep': true,
  'sounds:drop': true,
  'sounds:read': true,
  'alerts:unseen': true,
  'engine:restart': true
}

/** What was said before the page listened; the page asks for everything older with app:boot. */
const early: Tell[] = []
const mostEarly = 100
let listener: ((tell: Tell) => void) | undefined

// Asked for at once: a new document needs a new port, and the page's own script comes later.
let port: Port | undefined
let listening = false
let asked = true
ipcRenderer.send(channels.portWanted)

ipcRenderer.on(channels.tell, (_, tell: Tell) => {
  if (listener !== undefined) listener(tell)
  else if (early.push(tell) > mostEarly) early.shift()
})

ipcRenderer.on(channels.port, (event) => {
  asked = false
  port?.close()
  port = (event as { readonly ports: readonly Port[] }).ports[0]
  if (listening) hand()
})

/** A port cannot go through the context bridge; a message to our own page can carry it. */
function hand(): void {
  if (port === undefined) return
  window.postMessage({ kind: 'steelyard-port' }, location.origin, [port])
  port = undefined
}

const ask = ((name: Call, ...args: readonly unknown[]) =>
  Object.hasOwn(calls, name)
    ? ipcRenderer.invoke(name, ...args)
    : Promise.reject(new Error(`there is no call ${name}`))) as Ask

const bridge: Bridge = {
  ask,
  onTell: (listen) => {
    listener = listen
    for (const tell of early.splice(0)) listen(tell)
  },
  wantPort: () => {
    listening = true
    if (port !== undefined) hand()
    else if (!asked) {
      asked = true
      ipcRenderer.send(channels.portWanted)
    }
  }
}

contextBridge.exposeInMainWorld('steelyard', bridge)
