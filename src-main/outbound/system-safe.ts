import type { SafeStorage } from 'electron'
import type { Safe } from './secrets'

const none =
  'this system has no key store (keychain, secret service, KWallet) to keep secrets in, so it is not kept'

/** The system's own key store. The evaluation runtime's Electron knows only the older, synchronous way. */
export function systemSafe(storage: SafeStorage, platform: string): Safe {
  const asynchronous: boolean = 'encryptStringAsync' in storage
  return {
    wanting: async () => {
      // Electron then seals with a key that is written in its own source.
      const backend = platform === 'linux' ? storage.getSelectedStorageBackend() : ''
      if (backend === 'basic_text' || backend === 'unknown') return none
      const available = asynchronous
        ? await storage.isAsyncEncryptionAvailable()
        : storage.isEncryptionAvailable()
      return available ? '' : none
    },
    seal: async (text) =>
      asynchronous ? await storage.encryptStringAsync(text) : storage.encryptString(text),
    open: async (sealed) =>
      asynchronous ? (await storage.decryptStringAsync(sealed)).result : storage.decryptString(sealed)
  }
}
