import type { Panel } from './panel'

/** Every panel the window knows. Adding one is adding a line here. */
export const panels: readonly Panel[] = []

export const panelOf = (id: string): Panel | undefined => panels.find((panel) => panel.id === id)
