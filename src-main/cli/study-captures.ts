import { parseArgs } from 'node:util'
import type { InstrumentId, VenueId } from '../../src-shared/instrument'
import { venues } from '../engine/venues/index'
import type { Source } from '../study/capture/source'
import { reportMicrostructure } from '../study/microstructure/report'
import { studyMicrostructure } from '../study/microstructure/study'
import { reportPrediction } from '../study/prediction/report'
import { predictionAsJson, studyPrediction } from '../study/prediction/study'
import { reportReconstruction } from '../study/reconstruction/report'
import { studyReconstruction } from '../study/reconstruction/study'
import { isFolder } from './is-folder'
import type { Study } from './study-answer'

/** `study reconstruction <capture...|folder> [--venue <id>] [--instrument <id>]`: several files are taken as one. */
export const reconstruction: Study = {
  async run(args) {
    const wish = wishOf(args)
    if (typeof wish === 'string') return { ok: false, reason: wish }
    const source = await sourceOf(wish)
    if (typeof source === 'string') return { ok: false, reason: source }
    const found = await studyReconstruction(source)
    if (!found.ok) return found
    return { ok: true, figures: found.figures, report: reportReconstruction(found.figures) }
  }
}

/** `study microstructure <capture|folder> [--venue <id>] [--instrument <id>]`. */
export const microstructure: Study = {
  async run(args) {
    const wish = wishOf(args)
    if (typeof wish === 'string') return { ok: false, reason: wish }
    const [, ...others] = wish.files
    if (others.length > 0) return { ok: false, reason: `one capture at a time, not also ${others.join(' ')}` }
    const source = await sourceOf(wish)
    if (typeof source === 'string') return { ok: false, reason: source }
    const found = await studyMicrostructure(source)
    if (!found.ok) return found
    return { ok: true, figures: found.figures, report: reportMicrostructure(found.figures) }
  }
}

/** `study prediction <train> <test> [--venue <id>] [--instrument <id>]`: captures or folders of tapes, of one instrument. */
export const prediction: Study = {
  async run(args) {
    const wish = wishOf(args)
    if (typeof wish === 'string') return { ok: false, reason: wish }
    const [train, test] = wish.files
    if (train === undefined || test === undefined || wish.files.length > 2)
      return { ok: false, reason: 'study prediction wants <train> <test>' }
    const found = await studyPrediction(await oneSource(train, wish), await oneSource(test, wish))
    if (!found.ok) return found
    return { ok: true, figures: predictionAsJson(found.figures), report: reportPrediction(found.figures) }
  }
}

interface Wish {
  readonly files: readonly string[]
  readonly venue: VenueId | undefined
  readonly instrument: InstrumentId | undefined
}

/** The folder of a tape, or captures taken as one. */
async function sourceOf(wish: Wish): Promise<Source | string> {
  const [first = '', ...others] = wish.files
  const source = await oneSource(first, wish)
  if (source.kind === 'captures') return { ...source, paths: wish.files }
  return others.length === 0 ? source : `one folder at a time, not also ${others.join(' ')}`
}

/** What is not there is a capture that cannot be read. */
async function oneSource(path: string, { venue, instrument }: Wish): Promise<Source> {
  return (await isFolder(path))
    ? { kind: 'recording', folder: path, instrument }
    : { kind: 'captures', paths: [path], venue, instrument }
}

function wishOf(args: string[]): Wish | string {
  try {
    const options = { venue: { type: 'string' }, instrument: { type: 'string' } } as const
    const { values, positionals: files } = parseArgs({ args, allowPositionals: true, options })
    const { venue, instrument } = values
    if (files.length === 0) return 'which capture? study <name> <file...>'
    const ids = venues.map(({ spec }) => spec.id)
    if (venue !== undefined && !ids.includes(venue)) return `--venue is one of ${ids.join(', ')}`
    return { files, venue, instrument }
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
