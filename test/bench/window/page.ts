import '../../../src-renderer/styles/fonts.css'
import '../../../src-renderer/styles/tokens.css'
import { manyCharts } from './charts'
import { heatmap, linedHeatmap } from './heat'
import { canvasLadder, elementLadder, ladderBooks } from './ladders'
import type { Scene } from './scene'
import { drawings } from './scene'

const scenes: Readonly<Record<string, Scene>> = {
  nothing: () => () => undefined,
  charts: manyCharts,
  ladder: canvasLadder,
  'ladder of elements': elementLadder,
  'books of ladders': ladderBooks,
  heatmap,
  'heatmap with lines': linedHeatmap
}

let stop = (): void => undefined

/** Ends what is on show and begins another scene, in the app's own letters. */
async function show(name: string): Promise<void> {
  stop()
  document.body.replaceChildren()
  const host = document.createElement('div')
  host.style.cssText = 'position:absolute; inset:0; overflow:hidden; font-family:var(--font)'
  document.body.append(host)
  await Promise.all([400, 500, 600, 700].map((weight) => document.fonts.load(`${weight} 12px Inter`)))
  const scene = scenes[name]
  if (!scene) throw new Error(`there is no scene ${name}`)
  stop = scene(host)
}

Object.assign(window, { show, drawings })
