// SPDX-License-Identifier: MIT
// The shape of the generated tables of items (tables/item-facts.ts).

export interface ItemFactRow {
  /** The first id, where the item is a run. */
  readonly id: number
  /** `fixed`: laid out by the boot loader; `dynamic`: allocated when somebody needs it. */
  readonly kind: 'fixed' | 'dynamic' | 'unknown'
  /** `#` in it stands for the index of the item in its run. */
  readonly holds: string
  /** Key of `itemLists`. */
  readonly in: string
}

export interface AliasRow {
  readonly id: number
  readonly name: string
  /** Of as many ids from the first, told apart by an index from 0. */
  readonly count?: number
  /** The lists that give the id this name. */
  readonly in: string
  /** Where it is no other name for the same content, but another content; `#` as above. */
  readonly holds?: string
}

export interface ConflictRow {
  readonly id: number
  readonly count?: number
  /** How to know which content it is. */
  readonly tell: string
}
