import type { Source } from '../capture/source'
import { nameOf } from '../capture/source'
import type { Finding } from '../finding'
import { readMarket } from '../microstructure/read-market'
import { gridOf } from './grid'
import { movedModel } from './moved-model'
import { onlineModel } from './online-model'

/** Scores under the names of the golden ones: `online_adagrad_<market>_<day>` is named after the test capture. */
export type Prediction = ReturnType<typeof movedModel> & {
  readonly online: ReturnType<typeof onlineModel>
  readonly onlineName: string
}

/**
 * How well the next second's move of the mid is foretold by a model carried over from another day, and by one that learns as it goes. Two captures or
 * recordings of one instrument; only their own quotes and trades are used.
 */
export async function studyPrediction(trainOn: Source, testOn: Source): Promise<Finding<Prediction>> {
  const train = await readMarket(trainOn)
  if (!train.ok) return train
  const test = await readMarket(testOn)
  if (!test.ok) return test
  const grids = [gridOf(train.figures), gridOf(test.figures)] as const
  const short = [trainOn, testOn].find((_, i) => grids[i]!.count < 1_000)
  if (short !== undefined)
    return { ok: false, reason: `${nameOf(short)}: shorter than 100 s, too little to judge` }
  return {
    ok: true,
    figures: {
      ...movedModel(...grids),
      online: onlineModel(grids[1]),
      onlineName: `online_adagrad_${dayOf(nameOf(testOn))}`
    }
  }
}

/** The figures as one plain object. */
export function predictionAsJson({ online, onlineName, ...figures }: Prediction): object {
  return { ...figures, [onlineName]: online }
}

/** `usdm_btcusdt_20240808.gz` is `usdm_20240808`. */
function dayOf(path: string): string {
  const words = path
    .replace(/^.*[/\\]/, '')
    .replace(/\..*$/, '')
    .split('_')
  return words.length > 2 ? `${words[0]!}_${words.at(-1)!}` : words.join('_')
}
