import { Menu, type MenuItemConstructorOptions } from 'electron'

/** The native menu: editing, zoom and quitting by the system's own keys. The window brings all else itself. */
export function buildMenu(dev: boolean): void {
  const view: MenuItemConstructorOptions[] = [
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { type: 'separator' },
    { role: 'togglefullscreen' }
  ]
  const forDevelopers: MenuItemConstructorOptions[] = [
    { type: 'separator' },
    { role: 'reload' },
    { role: 'toggleDevTools' }
  ]
  const template: MenuItemConstructorOptions[] = [
    ...(process.platform === 'darwin' ? [{ role: 'appMenu' } as const] : []),
    { label: 'File', submenu: [{ role: 'quit', accelerator: 'CommandOrControl+Q' }] },
    { role: 'editMenu' },
    { label: 'View', submenu: dev ? [...view, ...forDevelopers] : view },
    { label: 'Window', submenu: [{ role: 'minimize' }] }
  ]
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}
