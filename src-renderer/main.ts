import { mount } from 'svelte'
import type { Bridge } from '../src-shared/contract/calls'
import { millis } from '../src-shared/units'
import App from './App.svelte'
import { fontsReady } from './styles/fonts'
import { afterDrawing, EnginePort } from './port'
import { DeskState } from './state/desk.svelte'
import './styles/fonts.css'
import './styles/tokens.css'
import './styles/base.css'

declare global {
  interface Window {
    readonly steelyard: Bridge
  }
}

const tickMs = 250

const bridge = window.steelyard
const desk: DeskState = new DeskState({
  bridge,
  send: (command) => {
    port.send(command)
  },
  clock: () => millis(Date.now())
})
const port = new EnginePort({
  page: window,
  wantPort: () => {
    bridge.wantPort()
  },
  onFrame: (frame) => {
    desk.receive(frame)
    if (frame.kind === 'hello') tellVisible()
  },
  onLost: () => {
    desk.disconnect()
  },
  afterDrawing
})

function tellVisible(): void {
  port.send({ kind: 'visible', visible: !document.hidden })
}

document.addEventListener('visibilitychange', tellVisible)
window.addEventListener('pagehide', () => {
  desk.layout.flush()
})
setInterval(() => {
  desk.tick()
}, tickMs)

const dark = matchMedia('(prefers-color-scheme: dark)')
desk.setSystemDark(dark.matches)
dark.addEventListener('change', () => {
  desk.setSystemDark(dark.matches)
})

void Promise.all([desk.boot(), fontsReady(document.fonts)]).then(([, reason]) => {
  if (reason !== undefined) desk.notices.tell('warn', `The window’s own font did not load: ${reason}`)
  mount(App, { target: document.getElementById('app')!, props: { desk } })
})
