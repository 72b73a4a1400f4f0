import type { App, Session } from 'electron'

/** A page gets no permission of any kind, leaves its origin never, and opens nothing. */
export function guardPages(app: App, origin: string): void {
  app.on('web-contents-created', (_, contents) => {
    const stay = (event: { preventDefault(): void; readonly url: string }) => {
      if (!isWithin(event.url, origin)) event.preventDefault()
    }
    contents.on('will-navigate', stay)
    contents.on('will-frame-navigate', stay)
    contents.on('will-redirect', stay)
    contents.on('will-attach-webview', (event) => {
      event.preventDefault()
    })
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  })
}

export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_, __, answer) => {
    answer(false)
  })
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_, answer) => {
    answer({})
  })
}

/** Exactly this origin: `app://steelyard.example` and `app://steelyard@example` are others. */
export function isWithin(url: string, origin: string): boolean {
  return url === origin || url.startsWith(`${origin}/`)
}
