// SPDX-License-Identifier: MIT
// The items that were handed out, each as one object, however it is asked for: `get(137)` is the element of `items()`
// that has this id. Entries are written once, so what was found once stays found.

import type { BrokenPlace, HeapItem, ItemPlace } from '../heap/item.js'
import { BrokenItem, Item, type ItemWorld } from '../item.js'

type AnyItem = Item | BrokenItem

export class KnownItems {
  readonly #world: ItemWorld
  /** Global items that were found, by id. */
  #global: Item[] = []
  /** By the host that was asked for; one without a partition is served by the global heap. */
  readonly #byHost = new Map<number, Item[]>()
  #from: readonly HeapItem[] | null = null
  #listed: readonly AnyItem[] = []
  /** The listed items by place: ids may come twice. */
  #shown = new Map<HeapItem, AnyItem>()

  constructor(world: ItemWorld) {
    this.#world = world
  }

  /** What was found before, by one array load. */
  get(id: number, host: number | undefined): Item | undefined {
    return (host === undefined ? this.#global : this.#byHost.get(host))?.[id]
  }

  /** The item at the place that was found for `host`, which `get` has from now on. */
  keep(place: ItemPlace, host: number | undefined): Item {
    const item = this.at(place)
    this.#foundFor(host)[place.id] = item
    if (place.host === null) this.#global[place.id] = item
    return item
  }

  /** The one object for a place. */
  at(place: ItemPlace): Item {
    const found = this.get(place.id, place.host ?? undefined)
    if (found !== undefined && isAt(found, place)) return found
    return (this.#shown.get(place) as Item | undefined) ?? new Item(place, this.#world)
  }

  /** All of them; the same array as before where `from` is. */
  list(from: readonly HeapItem[]): readonly AnyItem[] {
    if (from === this.#from) return this.#listed
    const shown = new Map<HeapItem, AnyItem>()
    for (const place of from) {
      shown.set(place, place.error === null ? this.at(place) : this.#broken(place))
    }
    this.#from = from
    this.#listed = [...shown.values()]
    this.#shown = shown
    return this.#listed
  }

  forget(): void {
    this.#global = []
    this.#byHost.clear()
    this.#from = null
    this.#listed = []
    this.#shown = new Map()
  }

  #foundFor(host: number | undefined): Item[] {
    if (host === undefined) return this.#global
    let found = this.#byHost.get(host)
    if (found === undefined) {
      found = []
      this.#byHost.set(host, found)
    }
    return found
  }

  #broken(place: BrokenPlace): AnyItem {
    return this.#shown.get(place) ?? new BrokenItem(place)
  }
}

/** Whether the item of this id and host lies there. */
function isAt({ region, offset, size, cached }: Item, place: ItemPlace): boolean {
  const { base } = place.region.port
  return (
    offset === place.offset && size === place.size && region === base && cached === place.cached
  )
}
