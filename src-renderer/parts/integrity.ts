import type { Integrity } from '../../src-shared/contract/catalogue'

/** What a venue lets a reader prove: a word for tables, a sentence for cards. */
export const integrityWords: Readonly<Record<Integrity, { readonly word: string; readonly says: string }>> = {
  chained: {
    word: 'chained',
    says: 'Each message names the one before it, so a lost one is seen at once.'
  },
  checksummed: {
    word: 'checksummed',
    says: 'The venue sends a checksum of its book, and ours is compared with it.'
  },
  'snapshot-only': {
    word: 'snapshots',
    says: 'Each message is a whole book, so nothing can be missed in between.'
  },
  unverifiable: { word: 'unverifiable', says: 'The venue gives nothing to check the book with.' }
}
