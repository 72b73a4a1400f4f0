import { parseArgs } from 'node:util'
import type { VenueId } from '../../src-shared/instrument'
import { reportMicrostructure } from '../study/microstructure/report'
import { studyMicrostructure } from '../study/microstructure/study'
import { reportPrediction } from '../study/prediction/report'
import { predictionAsJson, studyPrediction } from '../study/prediction/study'
import { reportReconstruction } from '../study/reconstruction/report'
import { studyReconstruction } from '../study/reconstruction/study'
import type { Study } from './study-answer'

const venueIds: readonly VenueId[] = ['binance-spot', 'binance-usdm', 'binance-coinm']

/** `study reconstruction <capture...> [--venue <id>]`: several files are taken as one. */
export const reconstruction: Study = {
  async run(args) {
    const wish = wishOf(args)
    if (typeof wish === 'string') return { ok: false, reason: wish }
    const found = await studyReconstruction(wish.files, wish.venue)
    if (!found.ok) return found
    return { ok: true, figures: found.figures, report: reportReconstruction(found.figures) }
  }
}

/** `study microstructure <capture> [--venue <id>]`. */
export const microstructure: Study = {
  async run(args) {
    const wish = wishOf(args)
    if (typeof wish === 'string') return { ok: false, reason: wish }
    const [file = '', ...others] = wish.files
    if (others.length > 0) return { ok: false, reason: `one capture at a time, not also ${others.join(' ')}` }
    const found = await studyMicrostructure(file, wish.venue)
    if (!found.ok) return found
    return { ok: true, figures: found.figures, report: reportMicrostructure(found.figures) }
  }
}

/** `study prediction <train capture> <test capture> [--venue <id>]`. */
export const prediction: Study = {
  async run(args) {
    const wish = wishOf(args)
    if (typeof wish === 'string') return { ok: false, reason: wish }
    const [train, test] = wish.files
    if (train === undefined || test === undefined || wish.files.length > 2)
      return { ok: false, reason: `study prediction wants <train capture> <test capture>` }
    const found = await studyPrediction(train, test, wish.venue)
    if (!found.ok) return found
    return { ok: true, figures: predictionAsJson(found.figures), report: reportPrediction(found.figures) }
  }
}

interface Wish {
  readonly files: readonly string[]
  readonly venue: VenueId | undefined
}

function wishOf(args: string[]): Wish | string {
  try {
    const options = { venue: { type: 'string' } } as const
    const { values, positionals: files } = parseArgs({ args, allowPositionals: true, options })
    const { venue } = values
    if (files.length === 0) return 'which capture? study <name> <file...>'
    if (venue !== undefined && !venueIds.includes(venue)) return `--venue is one of ${venueIds.join(', ')}`
    return { files, venue }
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
