import '../../../src-renderer/styles/tokens.css'
import { manyCharts } from './charts'
import { heatmap } from './heat'
import { canvasLadder, elementLadder } from './ladders'
import type { Scene } from './scene'

const scenes: Readonly<Record<string, Scene>> = {
  nothing: () => () => undefined,
  charts: manyCharts,
  ladder: canvasLadder,
  'ladder of elements': elementLadder,
  heatmap
}

let stop = (): void => undefined

/** Ends what is on show and begins another scene. */
function show(name: string): void {
  stop()
  document.body.replaceChildren()
  const host = document.createElement('div')
  host.style.cssText = 'position:absolute; inset:0; overflow:hidden'
  document.body.append(host)
  const scene = scenes[name]
  if (!scene) throw new Error(`there is no scene ${name}`)
  stop = scene(host)
}

Object.assign(window, { show })
