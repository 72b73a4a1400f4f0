import { decimal, plain } from '../../../src-shared/format'
import { figureName } from '../../../src-shared/figure-text'
import type { Rule } from '../../../src-shared/rule'
import type { Desk } from '../../state/desk'
import { nameOf } from '../../parts/names'
import type { Names } from './condition-words'
import { conditionWords, secondsText } from './condition-words'
import { plainFigure } from './editor/draft'
import { toldWords } from './told'

const sides: Readonly<Record<Rule['side'], string>> = {
  bid: ' on the bid side',
  ask: ' on the ask side',
  both: ' on either side',
  none: ''
}

/** A rule as one sentence: what, where, how long, how told. */
export function sentenceOf(desk: Desk, rule: Rule): string {
  const scope = scopeWords(desk, rule.scope)
  const names: Names = {
    figure: (metric, field) => figureTitle(desk, metric, field),
    instrument: (id) => nameOf(desk.market, id).full
  }
  const figure = plainFigure(rule)
  const what = figure
    ? `${names.figure(figure.metric, figure.field)} of ${scope} at ${decimal(figure.on, 2)} or more`
    : `${capital(conditionWords(rule.when, names))}, of ${scope}`
  const held = rule.minMs > 0 ? ` for ${secondsText(rule.minMs)}` : ''
  const smoothed = figure && figure.smoothMs > 0 ? `, smoothed over ${secondsText(figure.smoothMs)}` : ''
  const over = figure ? `; over below ${decimal(figure.off, 2)}` : ''
  return `${what}${sides[rule.side]}${held}${smoothed}${over}. ${toldWords(rule)}, at most once per ${secondsText(rule.cooldownMs)}.`
}

function figureTitle(desk: Desk, metric: string, field: string): string {
  const spec = desk.market.metrics.find(({ id }) => id === metric)
  const found = spec?.fields.find(({ id }) => id === field)
  return spec && found ? figureName(spec, found) : `${plain(metric, 40)} ${plain(field, 40)} (not known here)`
}

export function scopeWords(desk: Desk, scope: Rule['scope']): string {
  if (scope.kind === 'instrument') return nameOf(desk.market, scope.instrument).full
  const list = desk.watchlists.lists.find(({ id }) => id === scope.watchlist)
  return list ? `any instrument in ${plain(list.name, 40)}` : 'a watchlist that was deleted'
}

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)
