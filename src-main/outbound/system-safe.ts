import type { SafeStorage } from 'electron'
import type { Safe } from './secrets'

/** Electron's `safeStorage` as it is from 45 on. */
type Storage = Pick<
  SafeStorage,
  'getSelectedStorageBackend' | 'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync'
>
/** And as it was before: what the evaluation runtime has. */
interface OlderStorage {
  getSelectedStorageBackend?(): string
  isEncryptionAvailable(): boolean
  encryptString(text: string): Buffer
  decryptString(sealed: Buffer): string
}

const none =
  'this system has no key store (keychain, secret service, KWallet) to keep secrets in, so it is not kept'

/** The system's own key store. */
export function systemSafe(storage: Storage | OlderStorage, platform: string): Safe {
  const isNew = 'encryptStringAsync' in storage
  return {
    wanting: async () => {
      // Without a key store Electron seals with a key that stands in its own source.
      const backend = platform === 'linux' ? (storage.getSelectedStorageBackend?.() ?? 'unknown') : ''
      if (backend === 'basic_text' || backend === 'unknown') return none
      const available = isNew ? await storage.isAsyncEncryptionAvailable() : storage.isEncryptionAvailable()
      return available ? '' : none
    },
    seal: async (text) => (isNew ? await storage.encryptStringAsync(text) : storage.encryptString(text)),
    open: async (sealed) =>
      isNew ? (await storage.decryptStringAsync(sealed)).result : storage.decryptString(sealed)
  }
}
