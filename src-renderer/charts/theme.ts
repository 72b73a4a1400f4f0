/** The tokens that canvases draw with, under the names this code uses. Canvas cannot read custom properties by itself. */
const tokens = {
  bg: '--bg',
  panel: '--panel',
  raised: '--raised',
  border: '--border',
  grid: '--grid',
  text: '--text',
  text2: '--text-2',
  text3: '--text-3',
  bid: '--bid',
  ask: '--ask',
  bidBar: '--bid-bar',
  askBar: '--ask-bar',
  bidFar: '--bid-bar-2',
  askFar: '--ask-bar-2',
  bidText: '--bid-text',
  askText: '--ask-text',
  neutral: '--neutral',
  warn: '--warn',
  hatch: '--hatch',
  line: '--line',
  halo: '--line-halo',
  chip: '--chip',
  focus: '--focus',
  heat0: '--heat-0',
  heat1: '--heat-1',
  heat2: '--heat-2',
  heat3: '--heat-3',
  heat4: '--heat-4',
  heat5: '--heat-5',
  heat6: '--heat-6'
} as const

export type Colours = Readonly<Record<keyof typeof tokens, string>> & { readonly font: string }

/** The colours and the font family that hold at `element` now. Ask again when the theme changes. */
export function coloursAt(element: Element): Colours {
  const style = getComputedStyle(element)
  const entries = Object.entries(tokens).map(([name, token]) => [name, style.getPropertyValue(token).trim()])
  return { ...(Object.fromEntries(entries) as Record<keyof typeof tokens, string>), font: style.fontFamily }
}

/** Colours read once a theme; the first reading happens at the first draw, when the theme is on the page. */
export class Palette {
  #theme: string | undefined
  #colours: Colours | undefined

  at(element: Element, theme: string): Colours {
    if (!this.#colours || this.#theme !== theme) {
      this.#theme = theme
      this.#colours = coloursAt(element)
    }
    return this.#colours
  }
}

/** A canvas font: `font(colours, 600)` is 11 px semibold. */
export const font = (colours: Colours, weight = 400, size = 11): string =>
  `${weight} ${size}px ${colours.font}`
