/** Heads of the table, left to right; `Row.svelte` fills them. */
export const columns = [
  { id: 'venue', head: 'Venue', explains: 'SIM is the simulated market.' },
  { id: 'book', head: 'Books', explains: 'State of its books in use, the worst first.' },
  { id: 'age', head: 'Age', explains: 'Of the live book that was confirmed longest ago.' },
  {
    id: 'p50',
    head: 'p50',
    explains: 'Median of how late messages come on its slowest connection, ms, not corrected for the clocks.'
  },
  { id: 'p99', head: 'p99', explains: 'One message in a hundred comes later than this, ms.' },
  { id: 'rate', head: 'msg/s', explains: 'Messages in the last second.' },
  { id: 'gaps', head: 'Gaps', explains: 'Times a book in use was found to have missed something.' },
  { id: 'resyncs', head: 'Resyncs', explains: 'Times a book in use became whole again.' },
  {
    id: 'checks',
    head: 'Checks',
    explains: "The venue's checksums that were held against its books, and how many did not fit."
  },
  {
    id: 'weight',
    head: 'Weight',
    explains: 'Share of the request weight the venue allows a minute; half of it is used at most.'
  },
  { id: 'sequence', head: 'In sequence', explains: 'How long all books in use have been whole.' },
  {
    id: 'clock',
    head: 'Clock',
    explains:
      "The venue's clock minus ours, from the shortest round trip and the shortest lag; of its connections the one farthest off."
  },
  {
    id: 'hour',
    head: 'Last hour',
    explains: 'Yellow: a book in use was not whole. Hatched: nothing was known.'
  }
] as const
