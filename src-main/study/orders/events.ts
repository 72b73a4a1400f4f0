export const actions = ['created', 'changed', 'deleted'] as const
export const sides = ['bid', 'ask'] as const

export type Action = (typeof actions)[number]
export type OrderSide = (typeof sides)[number]

/** What happened to one order of the venue. */
export interface OrderEvent {
  readonly id: number
  /** ms since 1970. */
  readonly at: number
  /** In 1e-8 of the quote currency, a whole number. */
  readonly price: number
  /** What is left of the order, in 1e-8 of the base currency, a whole number. */
  readonly volume: number
  readonly action: Action
  readonly side: OrderSide
}
