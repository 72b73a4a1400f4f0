import { protocol } from 'electron'
import { readFile } from 'node:fs/promises'
import { contentSecurityPolicy, fileFor, filesUnder } from './page-files'

const scheme = 'app'
const host = 'steelyard'
export const appOrigin = `${scheme}://${host}`

/** Before the app is ready: the page gets an origin of its own instead of file:, whose pages share one. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } }
  ])
}

/** Serves the built page, and nothing else of the disk. */
export function serve(folder: string): void {
  const files = filesUnder(folder)
  protocol.handle(scheme, async ({ method, url }) => {
    const file = method === 'GET' ? fileFor(url, host, files) : undefined
    if (file === undefined)
      return new Response('not found', { status: 404, headers: { ...secure, 'content-type': 'text/plain' } })
    return new Response(await readFile(file.path), { headers: { ...secure, 'content-type': file.type } })
  })
}

const secure = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-cache'
} as const
