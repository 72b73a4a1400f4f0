/** What is special about a trade; flags add up. */
export const tradeFlag = {
  /** Agreed elsewhere and only printed: no order in the book was hit. */
  block: 1,
  /** One leg of a combination. */
  combo: 2,
  /** One side was closed by force. */
  liquidation: 4,
  /** Met an order of the retail price improvement programme, which the public book does not show. */
  rpi: 8
} as const

/** Trades that met no order of the public book: what rests was not executed by them. */
export const apartFromBook = tradeFlag.block | tradeFlag.combo | tradeFlag.rpi
