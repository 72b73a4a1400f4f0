import * as v from 'valibot'

/** `venue:symbol`, short and printable. */
export const instrumentIdSchema = v.pipe(
  v.string(),
  v.maxLength(96),
  v.regex(/^[a-z0-9-]{1,32}:[\w.:/+@-]{1,63}$/)
)
const id = v.pipe(v.string(), v.minLength(1), v.maxLength(64))

const watchlistSchema = v.strictObject({
  id,
  name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(40)),
  instruments: v.pipe(v.array(instrumentIdSchema), v.maxLength(500))
})

/** The pseudo-venue of groups: `group:BTC-PERPS`. */
export const groupVenue = 'group'

/** Instruments of one base on several venues, seen as one book. */
const groupSchema = v.pipe(
  v.strictObject({
    id: v.pipe(v.string(), v.regex(/^group:[\w.+-]{1,40}$/)),
    name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(40)),
    members: v.pipe(v.array(instrumentIdSchema), v.minLength(2), v.maxLength(16))
  }),
  v.check(({ members }) => new Set(members).size === members.length, 'a group has an instrument twice'),
  v.check(({ members }) => !members.some((member) => member.startsWith('group:')), 'a group holds no groups')
)

/** Named lists in the user's order; `active` is the one the watchlist panel shows. */
export const watchlistsSchema = v.pipe(
  v.strictObject({
    version: v.literal(1),
    active: id,
    lists: v.pipe(v.array(watchlistSchema), v.minLength(1), v.maxLength(50)),
    groups: v.optional(v.pipe(v.array(groupSchema), v.maxLength(50)))
  }),
  v.check(
    ({ groups = [] }) => new Set(groups.map((group) => group.id)).size === groups.length,
    'two groups share an id'
  ),
  v.check(
    ({ lists }) => new Set(lists.map((list) => list.id)).size === lists.length,
    'two lists share an id'
  ),
  v.check(({ active, lists }) => lists.some((list) => list.id === active), 'the active list does not exist')
)

export type Watchlist = Readonly<v.InferOutput<typeof watchlistSchema>>
export type Group = Readonly<v.InferOutput<typeof groupSchema>>
export type Watchlists = Readonly<v.InferOutput<typeof watchlistsSchema>>

export const defaultWatchlists: Watchlists = {
  version: 1,
  active: 'start',
  lists: [
    {
      id: 'start',
      name: 'Start',
      instruments: [
        'sim:BTC-PERP',
        'sim:ETH-USDT',
        'sim:SOL-USDT',
        'binance-usdm:BTCUSDT',
        'binance-spot:BTCUSDT',
        'binance-usdm:ETHUSDT'
      ]
    }
  ]
}
