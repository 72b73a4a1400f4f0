import type { App } from 'electron'

/** Nothing of the user's is lost at the end: files are written, then the engine is asked to stop, then the app ends. */
export function quitTidily(
  app: Pick<App, 'on' | 'quit'>,
  store: { flush(): void },
  engine: { stop(): Promise<void> }
): void {
  let tidied = false
  let tidying = false
  app.on('window-all-closed', () => {
    app.quit()
  })
  app.on('before-quit', (event) => {
    if (tidied) return
    event.preventDefault()
    if (tidying) return
    tidying = true
    store.flush()
    void engine.stop().then(() => {
      tidied = true
      // Once more: the engine's last words may have been a ban, and a closing window saves where it stood.
      store.flush()
      app.quit()
    })
  })
  app.on('will-quit', () => {
    store.flush()
  })
}
