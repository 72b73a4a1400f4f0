import type { EventKindSpec } from '../../../../src-shared/contract/catalogue'
import type { Kind } from './sighting'

export const kinds: readonly (EventKindSpec & { readonly id: Kind })[] = [
  {
    id: 'absorption',
    title: 'Absorption',
    explains:
      'A quarter more than what takers of one side take in 10 s when it is lively (P90) meets one price, and the price holds: somebody takes it all.'
  },
  {
    id: 'sweep',
    title: 'Sweep',
    explains:
      'One order larger and reaching farther than 999 of 1,000 takes price after price, and a quarter of a second later the mid holds 40 % of the way: somebody could not wait, and nobody stepped in.'
  },
  {
    id: 'iceberg',
    title: 'Iceberg refill',
    explains:
      'Within some ten seconds two and a half times as much trades at the best price as was shown there at once, more than two large additions, and what is taken comes back: a reserve is hidden behind it.'
  },
  {
    id: 'vacuum',
    title: 'Liquidity vacuum',
    explains:
      'Depth within 10 bps, or 10 steps of price where these are more (rounded up, by a third at most), falls below 35 % of its median of ten minutes, and below 60 % of what it is in one second of twenty: a small order can move the price far.'
  },
  {
    id: 'wall',
    title: 'Wall appears',
    explains:
      'An order a fifth larger than 99.8 % of levels, and not much smaller than any other around, is put into the book within 5 bps (or 10 steps of price) of the mid and stands longer than 99 of 100 such orders do (12 to 20 s): support, or a bluff.'
  },
  {
    id: 'wall-aged',
    title: 'Wall ages',
    explains: 'A wall has stood for 30 seconds: most bluffs are gone by then.'
  },
  {
    id: 'wall-pulled',
    title: 'Wall pulled',
    explains:
      'A wall went, and less than half of what went had traded: whoever put it there did not want to trade.'
  },
  {
    id: 'wall-eaten',
    title: 'Wall eaten',
    explains: 'A wall was traded away: what held the price off is gone.'
  },
  {
    id: 'layering',
    title: 'Layering suspected',
    explains:
      'Three or more large orders near the touch came together and were withdrawn together within seconds, untraded. A suspicion, not a proof.'
  },
  {
    id: 'flicker',
    title: 'Flicker suspected',
    explains:
      'A large order at one price came and went four times within 20 seconds without trading. Not told where a step of price is more than half a bp. A suspicion, not a proof.'
  }
]
