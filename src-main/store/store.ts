import { defaultLayouts, layoutsSchema, type Layouts } from '../../src-shared/layout'
import { rulesFromOne } from '../../src-shared/alerts/older-rules'
import {
  alertChannelsSchema,
  defaultAlertChannels,
  type AlertChannels
} from '../../src-shared/alerts/channels'
import { alertPolicySchema, defaultAlertPolicy, type AlertPolicy } from '../../src-shared/alerts/policy'
import { defaultRules } from '../../src-shared/default-rules'
import { rulesSchema, type Rules } from '../../src-shared/rule'
import { defaultSettings, settingsSchema, type Settings } from '../../src-shared/settings'
import { defaultWatchlists, watchlistsSchema, type Watchlists } from '../../src-shared/watchlist'
import { join } from 'node:path'
import { secretsShape, type SealedSecrets } from '../outbound/secrets'
import { waitingShape, type WaitingList } from '../outbound/waiting'
import { bansSchema, noBans, type Bans } from './bans'
import { Document } from './document'
import { disk, makeFolder } from './files'
import { learnedKinds, MemoryFiles } from './memory-files'
import { sweep } from './opening'
import type { Shape } from './shape'
import { defaultWindow, windowSchema, type WindowBounds } from './window-bounds'

const first = { version: 1, migrations: {} } as const

const settings: Shape<Settings> = {
  name: 'settings',
  title: 'settings',
  ...first,
  schema: settingsSchema,
  defaults: defaultSettings
}
const watchlists: Shape<Watchlists> = {
  name: 'watchlists',
  title: 'watchlists',
  ...first,
  schema: watchlistsSchema,
  defaults: defaultWatchlists
}
const layouts: Shape<Layouts> = {
  name: 'layouts',
  title: 'layouts',
  ...first,
  schema: layoutsSchema,
  defaults: defaultLayouts
}
const rules: Shape<Rules> = {
  name: 'alerts',
  title: 'alert rules',
  version: 2,
  migrations: { 1: rulesFromOne },
  schema: rulesSchema,
  defaults: defaultRules
}
const alertPolicy: Shape<AlertPolicy> = {
  name: 'alert-policy',
  title: 'how alerts are told',
  ...first,
  schema: alertPolicySchema,
  defaults: defaultAlertPolicy
}
const alertChannels: Shape<AlertChannels> = {
  name: 'alert-channels',
  title: 'alert channels',
  ...first,
  schema: alertChannelsSchema,
  defaults: defaultAlertChannels
}
const window: Shape<WindowBounds> = {
  name: 'window',
  title: 'window bounds',
  ...first,
  schema: windowSchema,
  defaults: defaultWindow
}
const bans: Shape<Bans> = {
  name: 'bans',
  title: "venues' waiting times",
  ...first,
  schema: bansSchema,
  defaults: noBans
}

export interface Store {
  readonly settings: Document<Settings>
  readonly watchlists: Document<Watchlists>
  readonly layouts: Document<Layouts>
  readonly rules: Document<Rules>
  readonly alertPolicy: Document<AlertPolicy>
  readonly alertChannels: Document<AlertChannels>
  readonly secrets: Document<SealedSecrets>
  readonly outbox: Document<WaitingList>
  readonly window: Document<WindowBounds>
  readonly bans: Document<Bans>
  readonly memories: MemoryFiles
  flush(): void
}

/** Opens every file of the user's in `folder`; what went wrong is told, and the app starts all the same. */
export function openStore(
  folder: string,
  tell: (severity: 'warn' | 'critical', text: string) => void
): Store {
  makeFolder(folder)
  sweep(
    disk,
    folder,
    [
      ...[settings, watchlists, layouts, rules, alertPolicy, alertChannels],
      ...[secretsShape, waitingShape, window, bans]
    ].map(({ name }) => name)
  )
  const documents = {
    settings: new Document(settings, folder, tell),
    watchlists: new Document(watchlists, folder, tell),
    layouts: new Document(layouts, folder, tell),
    rules: new Document(rules, folder, tell),
    alertPolicy: new Document(alertPolicy, folder, tell),
    alertChannels: new Document(alertChannels, folder, tell),
    secrets: new Document(secretsShape, folder, tell),
    outbox: new Document(waitingShape, folder, tell),
    window: new Document(window, folder, tell),
    bans: new Document(bans, folder, tell),
    memories: openMemories(join(folder, 'learned'), tell)
  }
  return {
    ...documents,
    flush: () => {
      for (const document of Object.values(documents)) document.flush()
    }
  }
}

function openMemories(
  folder: string,
  tell: (severity: 'warn' | 'critical', text: string) => void
): MemoryFiles {
  makeFolder(folder)
  const kinds = learnedKinds(disk.list(folder))
  sweep(disk, folder, kinds)
  return new MemoryFiles(kinds, (shape) => new Document(shape, folder, tell), tell)
}
