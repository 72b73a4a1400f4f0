import { baseOf, priceOf } from '../../../../src-shared/instrument'
import { lots, ticks } from '../../../../src-shared/units'
import { apartFromFlow } from '../../book/changes'
import type { Metric, Reason } from '../metric'
import { gathering, unavailable } from '../warming'
import { BulkClassifier, leastBars } from './bulk-classifier'
import { DailyVolume } from './daily-volume'
import { leastRanked, Toxicity, window } from './toxicity'

export const vpin: Metric = {
  spec: {
    id: 'vpin',
    title: 'VPIN',
    short: 'VPIN',
    needs: ['trades'],
    fields: [
      { id: 'vpin', title: 'VPIN, true signs', unit: 'share', range: [0, 1] },
      { id: 'rank', title: 'VPIN, own percentile', unit: 'share', range: [0, 1], ranks: 'vpin.vpin' },
      { id: 'bulk', title: 'VPIN, bulk classified', unit: 'share', range: [0, 1] },
      {
        ...{ id: 'bulkRank', title: 'Bulk VPIN, own percentile', unit: 'share', range: [0, 1] },
        ranks: 'vpin.bulk'
      },
      { id: 'bucket', title: 'Bucket', unit: 'base' },
      { id: 'filled', title: 'Running bucket filled', unit: 'share', range: [0, 1] },
      { id: 'watched', title: 'Watched of its time', unit: 'share', range: [0, 1] }
    ],
    params: [
      {
        ...{ id: 'perDay', title: 'Buckets a day of usual volume', unit: 'count', whole: true },
        ...{ default: 50, range: [10, 5_000] }
      },
      {
        ...{ id: 'bucket', title: 'Bucket (0: from the volume of the last day)', unit: 'base' },
        ...{ default: 0, range: [0, 1e12] }
      },
      {
        ...{ id: 'coverage', title: 'Shown when watched of its time', unit: 'share' },
        ...{ default: 0.95, range: [0, 1] }
      }
    ],
    explains:
      'How one-sided trading was in equal volumes: the mean of |buy − sell| / V over the last 50 buckets of V = (volume a day) / 50, trades split over the edges, with the venue’s own signs. ' +
      'Bulk: signs guessed from minutes, bought = V Φ(Δp / σ). The percentile is the rank in its own history (half counts after 15 days; it begins anew with another bucket); it, not the level, says what is unusual. ' +
      'Warming up until 50 buckets are full; the bucket in which a gap falls is thrown away. Source: Easley, López de Prado & O’Hara 2012, Rev. Financial Studies 25; ' +
      'Andersen & Bondarenko 2014 show that it follows volume and volatility mechanically.'
  },
  remembers: 2,
  start(scope, { perDay = NaN, bucket = NaN, coverage = NaN }) {
    const daily = new DailyVolume()
    const sizeNow = (): number => (bucket > 0 ? bucket : daily.volume / perDay)
    const signed = new Toxicity(sizeNow)
    const guessed = new Toxicity(sizeNow)
    const bulk = new BulkClassifier((at, volume, buyShare) => {
      guessed.add(at, volume, buyShare)
    })
    let watching = false
    const see = (at: number, base: number): void => {
      watching = true
      daily.add(at, base)
      if (!(signed.buckets.size > 0)) signed.buckets.resize(sizeNow())
      if (!(guessed.buckets.size > 0)) guessed.buckets.resize(sizeNow())
      bulk.pass(at)
    }
    const shown = (it: Toxicity, at: number): boolean => it.watched(at) >= coverage
    const lacking = (it: Toxicity, at: number, isRank: boolean): Reason => {
      if (!(it.buckets.size > 0))
        return {
          share: daily.share,
          why: 'Warming up: needs half an hour of trades to know the usual volume.'
        }
      if (it === guessed && bulk.bars < leastBars)
        return gathering(bulk.bars, leastBars, 'minutes with trades for the usual step')
      if (it.count < window) return gathering(it.count, window, 'full buckets')
      if (isRank && shown(it, at)) return gathering(it.ranked, leastRanked, 'buckets of its own history')
      return unavailable(
        'Trades were missed between its buckets: known again when newer ones took their place.'
      )
    }

    return {
      onBook(_changes, at) {
        see(at, 0)
      },
      onTrades(trades, at) {
        const instrument = scope.instrument()
        for (let row = 0; row < trades.count; row++) {
          if ((trades.flags[row]! & apartFromFlow) !== 0) continue
          const price = ticks(trades.price[row]!)
          const base = baseOf(instrument, price, lots(trades.size[row]!))
          if (!(base > 0)) continue
          see(at, base)
          signed.add(at, base, trades.aggressor[row]! > 0 ? 1 : 0)
          bulk.add(at, base, priceOf(instrument, price))
        }
      },
      onGap() {
        watching = false
        daily.gap()
        signed.gap()
        guessed.gap()
        bulk.gap()
      },
      sample(at, into, from) {
        if (watching) see(at, 0)
        into[from] = shown(signed, at) ? signed.vpin : NaN
        into[from + 1] = shown(signed, at) ? signed.rank : NaN
        into[from + 2] = shown(guessed, at) ? guessed.vpin : NaN
        into[from + 3] = shown(guessed, at) ? guessed.rank : NaN
        into[from + 4] = signed.buckets.size
        into[from + 5] = signed.buckets.filled
        into[from + 6] = signed.watched(at)
      },
      why(at, field) {
        const it = field === 2 || field === 3 ? guessed : signed
        return lacking(it, at, field === 1 || field === 3)
      },
      save: () => [perDay, bucket, ...bulk.save(), ...signed.save(), ...guessed.save(), ...daily.save()],
      restore([perDayThen, bucketThen, ...values]) {
        // Tried on others first: nonsense in the middle must leave nothing behind.
        const of = (): Toxicity => new Toxicity(sizeNow)
        const trial = restored(values, new BulkClassifier(() => undefined), of(), of(), new DailyVolume())
        if (!trial) return false
        // Of buckets of another size: no mistake, and of no use. What is usually traded is the same.
        const isSame = perDayThen === perDay && bucketThen === bucket
        return restored(values, bulk, isSame ? signed : of(), isSame ? guessed : of(), daily)
      }
    }
  }
}

function restored(
  values: readonly number[],
  bulk: BulkClassifier,
  signed: Toxicity,
  guessed: Toxicity,
  daily: DailyVolume
): boolean {
  if (!bulk.restore(values.slice(0, 3))) return false
  const afterSigned = signed.restore(values.slice(3))
  const rest = afterSigned && guessed.restore(afterSigned)
  return rest !== undefined && daily.restore(rest)
}
