import type { VenueEvent } from '../../venues/venue'
import { jsonOf } from '../json'
import type { Wire } from '../words'
import { heard, ignored, isObject, noJson, shortened } from '../words'
import { topicOf } from './topic'

const isEmpty = (value: unknown): boolean => Array.isArray(value) && value.length === 0
const textsOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((it) => typeof it === 'string') : []

/** Reads what Bybit says apart from market data: answers to requests and pings, and a book that it has emptied for good. */
export function decodeNotice(text: string): readonly VenueEvent[] {
  const frame = jsonOf(text)
  if (frame === undefined) return noJson(text)
  if (!isObject(frame)) return ignored
  if (typeof frame['topic'] === 'string') return closedBook(frame['topic'], frame['data'])
  if (frame['op'] === 'pong' || frame['op'] === 'ping' || frame['ret_msg'] === 'pong') return heard
  if (frame['type'] === 'COMMAND_RESP') return optionAnswer(frame['data'], frame['ret_msg'])
  if (typeof frame['success'] === 'boolean') return answer(frame)
  return ignored
}

/** "u=1, b=[], a=[]" is sent for a delisted symbol, and while there is no trading yet: the list of instruments tells which. */
function closedBook(name: string, data: unknown): readonly VenueEvent[] {
  const topic = topicOf(name)
  if (topic?.kind !== 'book' || !isObject(data)) return ignored
  if (data['u'] !== 1 || !isEmpty(data['b']) || !isEmpty(data['a'])) return ignored
  const reason = 'the venue has emptied the book: delisted, or not trading yet'
  return [{ kind: 'halted', symbol: topic.symbol, reason }, { kind: 'relisted' }]
}

/** Our requests carry the symbol as their id, which the answer repeats. */
function answer(frame: Wire): readonly VenueEvent[] {
  const id = frame['req_id']
  const symbol = typeof id === 'string' && id !== '' ? id : undefined
  if (frame['op'] !== 'subscribe' && frame['op'] !== undefined) return heard
  if (frame['success'] === true)
    return [{ kind: 'subscribed', symbols: symbol === undefined ? [] : [symbol] }]
  const reason = shortened(String(frame['ret_msg']))
  // Asked for twice, when a book was asked for anew: it comes all the same.
  if (/already subscribed/i.test(reason)) return heard
  const named = symbol ?? /orderbook\.\d+\.([\w./-]+)/.exec(reason)?.[1]
  return [named === undefined ? { kind: 'refused', reason } : { kind: 'refused', symbol: named, reason }]
}

/** The option service answers topic by topic. A symbol is refused where its book is. */
function optionAnswer(data: unknown, words: unknown): readonly VenueEvent[] {
  if (!isObject(data)) return heard
  const books = (topics: unknown) =>
    textsOf(topics).flatMap((topic) => {
      const known = topicOf(topic)
      return known?.kind === 'book' ? [known.symbol] : []
    })
  const said = typeof words === 'string' && words !== '' ? `: ${words}` : ''
  const reason = shortened(`the venue refused the topic${said}`)
  return [
    { kind: 'subscribed', symbols: books(data['successTopics']) },
    ...books(data['failTopics']).map((symbol): VenueEvent => ({ kind: 'refused', symbol, reason }))
  ]
}
