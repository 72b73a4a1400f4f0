export const usage = `Steelyard in the terminal: the same engine, without a window.

  watch [instrument...]                 a live table; the simulated market by default
  record <instrument...> --out <file>   all that one venue says, until Ctrl+C; packed when the name ends in .gz
  record <instrument...> --tape <folder>  as the app records: a tape of several venues, gone on with where there is one
      --for <seconds>                   ends by itself
  venues [id...]                        what Steelyard speaks, and what each cannot tell
      --check                           asks each once: what works from here (exit code 1 when not all does)
  replay <file> --venue <id> --summary  a capture through the same decoding and book, as one JSON object
  replay <file> [--venue <id>]          a row of figures a second and instrument
      --every <seconds>                 instead of one second
      --metrics <id,id...>              only these metrics
      --format csv|ndjson               csv unless said otherwise
      --out <file>                      to a file instead of the terminal
  tape list|verify <folder>             what a tape holds; every block against its checksum (exit code 1 when one is damaged)
  tape trim <folder>                    removes the oldest: --days <n>, --gb <n>; says what would be lost and asks
      --yes | --dry                         without asking; only says
  tape export <folder> --out <folder>   tables in Tardis' columns, or a venue's frames as capture lines
      --format csv|parquet|jsonl --from <time> --to <time> --instruments <id,id...>
  tape import <file...> --out <folder>  what others recorded, as a tape that replays
      --as tardis|lobster|lines --venue <id of captured lines>
  alerts backtest <rules.json> <file>   how often rules would have fired on a capture or a tape's folder, and what the market did then
      --venue <id>                          of a capture whose frames do not tell
      --policy <file>                       how alerts are told, as JSON; the shipped policy unless said otherwise
      --json                                as one object
  study <name> <file...|folder>         figures of a recorded market, as a report or with --json as one object
      lobster <message.csv> <orderbook.csv>  order flow, imbalance, spreads and impact of one day of a stock
      orders <bitstamp csv>                  how long orders lived, filled or cancelled, and the book they make
      reconstruction <capture...|folder>     is every step of the book the venue's?
      microstructure <capture|folder>        imbalance, order flow, micro-price, spreads, VPIN, VWAP, arrivals
      prediction <train> <test capture>     a model of one day carried over to another, beside one that learns
      --venue <id>                          of a capture whose frames and addresses do not tell
      --instrument <id>                     where a capture or a folder holds several
      bars <bars csv>                       volatility, trend and loss of one-minute bars
      predict <file...>                     the app's own forecast, walking forward, judged: captures, a LOBSTER pair or a tape
      --venue <id> --instrument <id>        whose capture, and which of several instruments
      --beside <capture>                    what the same coin elsewhere adds; as often as wanted
      --taker <bps> --maker <bps>           fees a side, 5 and 2 unless said otherwise

Instruments are written venue:SYMBOL, such as binance-usdm:BTCUSDT or sim:BTC-PERP.
A tape is a folder; where replay wants a file, a tape will do.
Captures are lines of {"t","k","raw"} or "<nanoseconds> <frame>", gzip or not.
`
