/**
 * What one change of a bid level says of demand (Cont, Kukanov and Stoikov 2014): a higher price counts all that rests there now, a lower one loses all that
 * rested before, the same price the difference. Sizes in, the same unit out. A side that was or is empty (NaN) counts nothing where it was or is not.
 */
export function bidFlow(priceBefore: number, sizeBefore: number, price: number, size: number): number {
  let flow = 0
  if (!(price < priceBefore) && size > 0) flow += size
  if (!(price > priceBefore) && sizeBefore > 0) flow -= sizeBefore
  return flow
}

/** The same of an ask level, where more rest is supply and counts below zero. */
export function askFlow(priceBefore: number, sizeBefore: number, price: number, size: number): number {
  let flow = 0
  if (!(price > priceBefore) && size > 0) flow -= size
  if (!(price < priceBefore) && sizeBefore > 0) flow += sizeBefore
  return flow
}
