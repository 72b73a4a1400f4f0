import type { Rule } from '../../../src-shared/rule'

/** Where a rule may tell its alerts beside the feed, which always has them. */
export const tellable = [
  { channel: 'desktop', title: 'desktop' },
  { channel: 'sound', title: 'sound' },
  { channel: 'speech', title: 'speech' },
  { channel: 'telegram', title: 'Telegram' },
  { channel: 'webhook', title: 'webhook' }
] as const

/** The list with, or without, a channel; the order of others is kept. */
export function withChannel(channels: readonly string[], channel: string, wanted: boolean): string[] {
  const others = channels.filter((it) => it !== channel)
  return wanted ? [...others, channel] : others
}

/** "Feed, desktop and sound". */
export function toldWords({ channels }: Pick<Rule, 'channels'>): string {
  const titles = tellable.filter(({ channel }) => channels.includes(channel)).map(({ title }) => title)
  const last = titles.pop()
  return last === undefined ? 'Feed only' : `${['Feed', ...titles].join(', ')} and ${last}`
}
