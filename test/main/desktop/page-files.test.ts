import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  contentSecurityPolicy,
  fileFor,
  filesUnder,
  type PageFile
} from '../../../src-main/desktop/page-files'

let folder: string
let files: Map<string, PageFile>
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'steelyard-page-'))
  mkdirSync(join(folder, 'assets'))
  for (const name of ['index.html', 'assets/index-1.js', 'assets/secret.exe'])
    writeFileSync(join(folder, name), '')
  files = filesUnder(folder)
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

test('the page and its parts are found, with their types', () => {
  expect(fileFor('app://steelyard/', 'steelyard', files)?.type).toBe('text/html; charset=utf-8')
  expect(fileFor('app://steelyard/assets/index-1.js?v=1#x', 'steelyard', files)).toEqual({
    path: join(folder, 'assets/index-1.js'),
    type: 'text/javascript; charset=utf-8'
  })
})

test.each([
  'app://steelyard/assets/secret.exe',
  'app://steelyard/../package.json',
  'app://steelyard/assets/../index.html',
  'app://steelyard/%2e%2e/package.json',
  'app://steelyard/..%2fpackage.json',
  'app://steelyard/assets%5c..%5cindex.html',
  'app://steelyard/assets\\index-1.js',
  'app://steelyard/index.html%00.js',
  'app://steelyard//etc/passwd',
  'app://steelyard/C:/windows/win.ini',
  'app://steelyard/assets',
  'app://steelyard/assets/',
  'app://other/index.html',
  'app://steelyard.example/index.html',
  'file:///etc/passwd',
  'app:///index.html'
])('%s is not found', (address) => {
  expect(fileFor(address, 'steelyard', files)).toBeUndefined()
})

test('the policy allows nothing inline and no way out', () => {
  expect(contentSecurityPolicy).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'none'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
  )
})
