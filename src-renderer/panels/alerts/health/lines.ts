import type { DeliveryResult } from '../../../../src-shared/alerts/record'
import type { AlertCentre, Snooze } from '../../../../src-shared/alerts/state'
import type { Withheld } from '../../../../src-shared/alert'
import { bytes, clock, decimal, plain, span } from '../../../../src-shared/format'
import { millis } from '../../../../src-shared/units'
import { nameOf } from '../../../parts/names'
import type { Desk } from '../../../state/desk'
import { untilWords } from '../card/snooze-items'
import { whyWithheld } from '../withheld'

/** One thing that must work for an alert to be told. */
export interface Check {
  readonly id: string
  readonly title: string
  readonly state: 'well' | 'waiting' | 'wrong'
  readonly words: string
}

/** Rules are judged ten times a second; what the engine says of it comes once a second. */
const lateMs = 3_000

/** Whether rules are judged, and whether what they say is kept. */
export function engineChecks(desk: Desk): readonly Check[] {
  const { market, alertDesk, now } = desk
  const { judged, recording } = market.health ?? {}
  const { centre } = alertDesk
  const age = judged ? (market.health?.at ?? now) - judged.at : NaN
  const silent = market.health && market.replayed !== true ? now - market.health.at : 0
  const isLate = !(age <= lateMs) || silent > lateMs
  return [
    {
      ...{ id: 'judging', title: 'Judging' },
      state: !centre || isLate ? 'wrong' : 'well',
      words: !centre
        ? 'the engine is away: nothing is judged'
        : !judged
          ? 'nothing was judged yet'
          : `last ${clock(judged.at)} UTC, ${decimal(judged.machines, 0)} conditions${isLate ? `, and nothing for ${span(Math.max(age, silent))}` : ''}`
    },
    unknownCheck(centre),
    {
      ...{ id: 'history', title: 'History' },
      state: !centre ? 'waiting' : centre.history.fault === '' ? 'well' : 'wrong',
      words: !centre
        ? 'not known while the engine is away'
        : centre.history.fault === ''
          ? `${decimal(centre.history.entries, 0)} alerts kept, ${bytes(centre.history.bytes)}; nothing was refused`
          : `not kept: ${plain(centre.history.fault, 200)}. Told all the same`
    },
    {
      ...{ id: 'tape', title: 'Tape, for replays' },
      state: recording?.state === 'recording' ? 'well' : recording?.state === 'trouble' ? 'wrong' : 'waiting',
      words:
        recording?.state === 'recording'
          ? 'recording'
          : recording?.state === 'trouble'
            ? plain(recording.reason, 200)
            : 'off: alerts of now cannot be replayed later'
    }
  ]
}

function unknownCheck(centre: AlertCentre | undefined): Check {
  const count = (name: 'unknown' | 'learning'): number =>
    centre?.rules.reduce((sum, { machines }) => sum + machines[name], 0) ?? NaN
  const words = [
    count('unknown') > 0 ? `${count('unknown')} conditions have no figure now and cannot fire` : '',
    count('learning') > 0 ? `${count('learning')} still learn what is usual` : ''
  ].filter((it) => it !== '')
  return {
    ...{ id: 'figures', title: 'Figures' },
    state: !centre || words.length > 0 ? 'waiting' : 'well',
    words: !centre
      ? 'not known while the engine is away'
      : words.length > 0
        ? words.join('; ')
        : 'all conditions are known'
  }
}

/** A channel and what became of the last thing sent down it. */
export interface ChannelCheck extends Check {
  /** What its test does; empty where there is nothing to test. */
  readonly test: '' | 'rule' | 'hear' | 'send'
}

export function channelChecks(
  desk: Desk,
  last: ReadonlyMap<string, DeliveryResult>
): readonly ChannelCheck[] {
  const { settings, standings } = desk.channels
  const resultOf = (channel: string): DeliveryResult | undefined =>
    desk.alertDesk.result(channel) ?? last.get(channel)
  const line = (id: string, title: string, test: ChannelCheck['test'], off: string): ChannelCheck => {
    const result = resultOf(id)
    const wrong = result?.outcome === 'failed' || result?.outcome === 'unsupported'
    const words = result ? lastWords(result) : 'not used yet'
    if (off !== '') return { id, title, test: id === 'desktop' ? test : '', state: 'waiting', words: off }
    return { id, title, test, words, state: wrong ? 'wrong' : result ? 'well' : 'waiting' }
  }
  const remote = (id: 'telegram' | 'webhook', title: string): ChannelCheck => {
    const standing = standings.find(({ channel }) => channel === id)
    if (!settings[id].enabled) return line(id, title, '', 'switched off')
    if (standing?.pausedSince !== undefined)
      return {
        id,
        title,
        test: 'send',
        state: 'wrong',
        words: `paused since ${clock(standing.pausedSince)} UTC after ${standing.failures} failures`
      }
    if (standing && standing.wanting !== '')
      return { id, title, test: '', state: 'wrong', words: `nothing is sent: ${standing.wanting}` }
    const waits = standing && standing.waiting > 0 ? `; ${standing.waiting} waiting` : ''
    const usual = line(id, title, 'send', '')
    return { ...usual, words: `${usual.words}${waits}` }
  }
  return [
    { id: 'feed', title: 'Feed', test: '', state: 'well', words: 'always' },
    line('desktop', 'Desktop', 'rule', ''),
    line('sound', 'Sound', 'hear', settings.sound.enabled ? '' : 'switched off'),
    line('speech', 'Speech', 'hear', settings.speech.enabled ? '' : 'switched off'),
    remote('telegram', 'Telegram'),
    remote('webhook', 'Webhook')
  ]
}

const lastWords = ({ at, outcome, detail }: DeliveryResult): string =>
  `${clock(at)} UTC: ${outcome}${detail === '' ? '' : `, ${plain(detail, 160)}`}`

/** Something that holds alerts back now, why, and how it ends. */
export interface Muted {
  readonly key: string
  readonly what: string
  readonly why: string
  readonly end: (() => void) | undefined
}

export function mutedNow(desk: Desk, centre: AlertCentre): readonly Muted[] {
  const { alertDesk, rules, now } = desk
  const nameOfRule = (id: string): string => plain(rules.rules.find((rule) => rule.id === id)?.name ?? id, 60)
  const snoozes = centre.snoozes.map((snooze) => ({
    ...{ key: `snooze ${JSON.stringify(snooze.target)}`, what: targetWords(desk, snooze) },
    why: `snoozed ${untilWords(snooze, now)}, ${snooze.muted} held back`,
    end: () => {
      alertDesk.act({ kind: 'unsnooze', target: snooze.target })
    }
  }))
  const quieted = centre.rules
    .filter(({ autoQuietUntil }) => autoQuietUntil !== undefined && autoQuietUntil > now)
    .map(({ ruleId, autoQuietUntil = millis(NaN), suggests }) => ({
      ...{ key: `quiet ${ruleId}`, what: nameOfRule(ruleId) },
      why: `fired too often: feed alone until ${clock(autoQuietUntil).slice(0, 5)} UTC${suggests?.state === 'found' ? `; at ${suggests.level} it would fire about ${decimal(suggests.perHour, 1)} times an hour` : ''}`,
      end: () => {
        alertDesk.act({ kind: 'unquiet', rule: ruleId })
      }
    }))
  const spent = centre.rules
    .filter(({ machines, expired }) => machines.spent > 0 || expired)
    .map(({ ruleId, expired }) => ({
      ...{ key: `spent ${ruleId}`, what: nameOfRule(ruleId) },
      why: expired ? 'has expired: it is not judged' : 'has had its turn',
      end: expired
        ? undefined
        : () => {
            alertDesk.act({ kind: 'rearm', rule: ruleId })
          }
    }))
  const hours = centre.quiet.map((id) => ({
    ...{ key: `hours ${id}`, what: 'Quiet hours', why: 'hold now', end: undefined }
  }))
  const off = rules.rules.filter(({ enabled }) => !enabled)
  const switched =
    off.length === 0
      ? []
      : [
          {
            ...{
              key: 'off',
              what: `${off.length} ${off.length === 1 ? 'rule' : 'rules'}`,
              why: `switched off: ${off
                .slice(0, 4)
                .map(({ name }) => plain(name, 40))
                .join(', ')}${off.length > 4 ? '…' : ''}`,
              end: undefined
            }
          }
        ]
  return [...snoozes, ...hours, ...quieted, ...spent, ...switched]
}

function targetWords({ market, rules }: Desk, { target }: Snooze): string {
  switch (target.kind) {
    case 'all':
      return 'All alerts'
    case 'rule':
      return plain(rules.rules.find(({ id }) => id === target.rule)?.name ?? target.rule, 60)
    case 'instrument':
      return nameOf(market, target.instrument).full
    case 'group':
      return `Group ${plain(target.group, 40)}`
    default:
      return target satisfies never
  }
}

/** "3 quiet hours, 2 over the budget": what was held back in the last hour. */
export function withheldWords({ withheld, overBudget }: AlertCentre): string {
  const parts = (Object.entries(withheld) as [Withheld, number][]).map(
    ([why, count]) => `${count} ${whyWithheld[why]}`
  )
  const digest = overBudget > 0 ? `; ${overBudget} wait for the next sum on the desktop` : ''
  return parts.length === 0
    ? `Nothing was held back in the last hour${digest}.`
    : `Held back in the last hour: ${parts.join(', ')}${digest}.`
}
