import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { _electron, type ElectronApplication, type Locator, type Page } from 'playwright-core'

const root = fileURLToPath(new URL('../../..', import.meta.url))

export interface LaunchOptions {
  /** A folder to start with, kept afterwards; without one the app gets a fresh folder that goes with it. */
  readonly userData?: string
  /** Files to put into the user's folder before the start: name to text, or to something to write as JSON. */
  readonly files?: Readonly<Record<string, unknown>>
  readonly env?: Readonly<Record<string, string>>
}

/** The app, started as npm start does, with a folder of its own. */
export interface RunningApp {
  readonly electron: ElectronApplication
  readonly page: Page
  readonly userData: string
  /** The engine's process id, read from the system: undefined while there is no engine. */
  readonly enginePid: () => Promise<number | undefined>
  /** Ends the app by its ordinary way out; the user's folder stays for another start. */
  readonly quit: () => Promise<void>
  /** The same, and the folder goes too, unless it was given. */
  readonly close: () => Promise<void>
}

/** @throws when npm run e2e did not say which Electron to run */
export async function launch({ userData, files = {}, env = {} }: LaunchOptions = {}): Promise<RunningApp> {
  const folder = userData ?? (await mkdtemp(join(tmpdir(), 'steelyard-e2e-')))
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content))
  }
  const electron = await _electron.launch({
    executablePath: binary(),
    // Chromium refuses its sandbox to root, and says so; as another user it is on.
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '.'],
    cwd: root,
    env: { ...inherited(), ...env, STEELYARD_USER_DATA: folder }
  })
  const page = await electron.firstWindow()
  return {
    electron,
    page,
    userData: folder,
    enginePid: () => enginePid(electron),
    quit: () => electron.close(),
    close: async () => {
      await electron.close()
      if (userData === undefined) await rm(folder, { recursive: true, force: true })
    }
  }
}

function enginePid(electron: ElectronApplication): Promise<number | undefined> {
  return electron.evaluate(({ app }) => {
    // Electron 25 goes on listing a process that has ended; the latest stands last.
    const engines = app.getAppMetrics().filter(({ name }) => name === 'steelyard-engine')
    return engines.at(-1)?.pid
  })
}

/** The watchlist's row of an instrument, once it is in a state: `live`, `connecting`. */
export async function rowIn(page: Page, symbol: string, state: string): Promise<Locator> {
  const row = page.getByRole('row').filter({ hasText: symbol }).filter({ hasText: state })
  await row.waitFor()
  return row
}

/** The mid of the instrument in front, in the top bar, once it is known; `text` where a certain one is waited for. */
export const midOnTop = (page: Page, text = String.raw`\d[\d,]*\.\d`): Locator =>
  page.getByLabel(new RegExp(`^Mid price ${text}`))

function binary(): string {
  const path = process.env['STEELYARD_ELECTRON_PATH']
  if (path === undefined) throw new Error('start the end to end tests with npm run e2e')
  return path
}

function inherited(): Record<string, string> {
  const entries = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && entry[0] !== 'ELECTRON_RUN_AS_NODE'
  )
  return Object.fromEntries(entries)
}
