import type { Asset } from '../assets'
import type { World } from '../world'

/** News: the hidden price of an asset jumps by `bps`, and every venue sees it after its lag. It has no end. */
export function jump(world: World, id: number, asset: Asset, bps: number): void {
  world.fundamentals.inform(asset, bps)
  world.tell({ type: 'episode', at: world.clock, phase: 'start', id, kind: 'jump', asset, bps })
}
