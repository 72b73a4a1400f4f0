import type { Book } from '../book/book'
import type { Touch } from '../book/changes'

/** The venues of a group are not one market, and may cross its book for good. That of one instrument is crossed between two messages, and no market then. */
export const isBetweenMessages = ({ crossed, members }: Book): boolean => crossed && !members

/** Whether there are two sides whose spread may be read; that of a group may be below 0. */
export const isQuoted = ({ members }: Book, { bid, ask }: Readonly<Touch>): boolean =>
  bid < ask || (members !== undefined && bid >= ask)
