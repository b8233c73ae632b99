// SPDX-License-Identifier: MIT
// The items that were handed out, each as one object, however it is asked for: `get(137)` is the element of `items()`
// that has this id. Entries are written once, so what was found once stays found.

import type { HeapItem, ItemPlace } from '../heap/item.js'
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
  /** The listed items by host and id, */
  #shown = new Map<number | null, Item[]>()
  /** and by place what is broken, or has the id of one before it. */
  #odd = new Map<HeapItem, AnyItem>()

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
    if (this.#from !== null) {
      const shown = this.#shown.get(place.host)?.[place.id]
      if (shown !== undefined && isAt(shown, place)) return shown
      const odd = this.#odd.get(place)
      if (odd !== undefined) return odd as Item
    }
    return new Item(place, this.#world)
  }

  /** All of them; the same array as before where `from` is. */
  list(from: readonly HeapItem[]): readonly AnyItem[] {
    if (from === this.#from) return this.#listed
    const shown = new Map<number | null, Item[]>()
    const odd = new Map<HeapItem, AnyItem>()
    this.#listed = from.map((place) => {
      if (place.error !== null) {
        const broken = this.#odd.get(place) ?? new BrokenItem(place)
        odd.set(place, broken)
        return broken
      }
      const item = this.at(place)
      const sameHost = shown.get(place.host) ?? []
      if (sameHost.length === 0) shown.set(place.host, sameHost)
      if (sameHost[place.id] === undefined) sameHost[place.id] = item
      else odd.set(place, item)
      return item
    })
    this.#from = from
    this.#shown = shown
    this.#odd = odd
    return this.#listed
  }

  forget(): void {
    this.#global = []
    this.#byHost.clear()
    this.#from = null
    this.#listed = []
    this.#shown = new Map()
    this.#odd = new Map()
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
}

/** Whether the item of this id and host lies there. */
function isAt({ region, offset, size, cached }: Item, place: ItemPlace): boolean {
  const { base } = place.region.port
  return (
    offset === place.offset && size === place.size && region === base && cached === place.cached
  )
}
