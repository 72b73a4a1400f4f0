import { readdirSync } from 'node:fs'
import { join } from 'node:path'

/** Nothing inline, nothing from elsewhere, and no way out: all data comes over the ports. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'none'",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'"
].join('; ')

const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json; charset=utf-8',
  map: 'application/json; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  ico: 'image/x-icon',
  woff2: 'font/woff2'
}

export interface PageFile {
  readonly path: string
  readonly type: string
}

/** URL path → file, for every file of a known type under `folder`. What is not in it does not exist for a page. */
export function filesUnder(folder: string): Map<string, PageFile> {
  const files = new Map<string, PageFile>()
  const walk = (under: string): void => {
    for (const entry of readdirSync(join(folder, under), { withFileTypes: true })) {
      const name = `${under}/${entry.name}`
      if (entry.isDirectory()) walk(name)
      const type = types[entry.name.slice(entry.name.lastIndexOf('.') + 1)]
      if (entry.isFile() && type !== undefined) files.set(name, { path: join(folder, name), type })
    }
  }
  walk('')
  return files
}

/** The file an address names, by exact match against the list: paths are never put together from it. */
export function fileFor(
  address: string,
  host: string,
  files: ReadonlyMap<string, PageFile>
): PageFile | undefined {
  const match = /^app:\/\/([^/?#]*)(\/[^?#]*)?/.exec(address)
  if (match?.[1] !== host) return undefined
  const path = match[2] ?? '/'
  return files.get(path === '/' ? '/index.html' : path)
}
