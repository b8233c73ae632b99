// SPDX-License-Identifier: MIT
// What to look for among the items, and how many were found.

import type { PageData, PageItem } from '../../inspect/page.js'
import { hostText, shortSize } from '../item/labels.js'
import { actions } from '../store.js'
import { hostKey, type ItemFilters, isFiltered, noFilters } from './filters.js'

interface FilterBarProps {
  readonly page: PageData
  readonly filters: ItemFilters
  readonly shown: readonly PageItem[]
}

const checks = [
  ['decoded', 'Decoded'],
  ['withError', 'With error'],
  ['withFindings', 'With findings'],
] as const

export function FilterBar({ page, filters, shown }: FilterBarProps) {
  const { items, hosts } = page
  const present = new Map(items.map((item) => [hostKey(item), hostText(item.host, hosts)]))
  return (
    <search class="filters">
      <label class="filters-query">
        <span>Search</span>
        <input
          type="search"
          value={filters.query}
          placeholder="id, name, host, address, decoded text"
          onInput={({ currentTarget }) => actions.filter({ query: currentTarget.value })}
        />
      </label>
      <Choice
        label="Host"
        value={filters.host}
        options={[['all', 'all hosts'], ...present]}
        onChoose={(host) => actions.filter({ host })}
      />
      <Choice
        label="Heap"
        value={filters.heap}
        options={[
          ['all', 'all heaps'],
          ['toc', 'TOC'],
          ['partition', 'partition'],
        ]}
        onChoose={(heap) => actions.filter({ heap })}
      />
      <Choice
        label="Side"
        value={filters.cached}
        options={[
          ['all', 'both sides'],
          ['uncached', 'uncached'],
          ['cached', 'cached'],
        ]}
        onChoose={(cached) => actions.filter({ cached })}
      />
      <fieldset class="filters-only">
        <legend class="sr-only">Only items</legend>
        {checks.map(([name, label]) => (
          <label key={name}>
            <input
              type="checkbox"
              checked={filters[name]}
              onChange={({ currentTarget }) => actions.filter({ [name]: currentTarget.checked })}
            />
            {label}
          </label>
        ))}
      </fieldset>
      <button
        type="button"
        disabled={!isFiltered(filters)}
        onClick={() => actions.filter(noFilters)}
      >
        Clear
      </button>
      <p class="filters-count" role="status">
        {countText(shown, items)}
      </p>
    </search>
  )
}

function countText(shown: readonly PageItem[], all: readonly PageItem[]): string {
  const bytes = shortSize(shown.reduce((sum, { size }) => sum + (size ?? 0), 0))
  const noun = all.length === 1 ? 'item' : 'items'
  const count = shown.length === all.length ? `${all.length}` : `${shown.length} of ${all.length}`
  return `${count} ${noun}, ${bytes}`
}

interface ChoiceProps<T extends string> {
  readonly label: string
  readonly value: T
  readonly options: readonly (readonly [T, string])[]
  readonly onChoose: (value: T) => void
}

function Choice<T extends string>({ label, value, options, onChoose }: ChoiceProps<T>) {
  return (
    <label>
      <span>{label}</span>
      <select value={value} onChange={({ currentTarget }) => onChoose(currentTarget.value as T)}>
        {options.map(([option, text]) => (
          <option key={option} value={option}>
            {text}
          </option>
        ))}
      </select>
    </label>
  )
}
