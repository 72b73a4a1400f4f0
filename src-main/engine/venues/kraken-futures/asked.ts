import * as v from 'valibot'
import { jsonOf } from '../../dialects/json'
import type { VenueEvent } from '../venue'

/** Requests whose answers have not come by then never get any. */
const MOST_OPEN = 512

const request = v.object({
  event: v.picklist(['subscribe', 'unsubscribe']),
  feed: v.string(),
  product_ids: v.array(v.string())
})

interface Open {
  readonly event: 'subscribe' | 'unsubscribe'
  readonly feed: string
  /** Those not answered yet. */
  readonly products: Set<string>
}

/** What was asked on one line and is not answered yet, in the order in which it was: errors name no product, and answers keep the order. */
export class Asked {
  #open: Open[] = []

  sent(text: string): void {
    const json = jsonOf(text)
    if (!v.is(request, json)) return
    const { event, feed, product_ids } = json
    this.#open.push({ event, feed, products: new Set(product_ids) })
    if (this.#open.length > MOST_OPEN) this.#open.shift()
  }

  /** The venue has done it for these. */
  answered(event: Open['event'], feed: string, products: readonly string[]): void {
    const open = this.#open.find(
      (it) => it.event === event && it.feed === feed && products.some((product) => it.products.has(product))
    )
    if (!open) return
    for (const product of products) open.products.delete(product)
    if (open.products.size === 0) this.#open.splice(this.#open.indexOf(open), 1)
  }

  /** One product that does not exist must not cost the others of its request: each half is asked for by itself, until one that is alone is refused. */
  refused(reason: string): readonly VenueEvent[] {
    const open = this.#open.shift()
    if (!open) return [{ kind: 'refused', reason }]
    if (open.event === 'unsubscribe') return [{ kind: 'heard' }]
    const products = [...open.products]
    if (products.length === 1) {
      if (open.feed === 'trade') return [{ kind: 'trades', symbols: products, refused: reason }]
      return open.feed === 'book' ? [{ kind: 'refused', symbol: products[0]!, reason }] : [{ kind: 'heard' }]
    }
    const half = products.length >> 1
    return [products.slice(0, half), products.slice(half)].map((product_ids) => ({
      kind: 'answer',
      text: JSON.stringify({ event: 'subscribe', feed: open.feed, product_ids })
    }))
  }
}
