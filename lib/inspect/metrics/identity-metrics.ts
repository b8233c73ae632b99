// SPDX-License-Identifier: MIT
// What board this is and which firmware runs on it, as labels of series that are always 1: to be joined to the others
// by `* on (instance) group_left`. Their texts come out of memory.

import type { Board } from '../../board/board.js'
import { ItemId } from '../../data/item-names.js'
import type { Sampler, Watched } from '../../smem/watch/sampler.js'
import type { Instruments, Present } from './instruments.js'
import type { LabelValues } from './label-values.js'

/** Labels of a chip, and the fields of item 137 that they show. */
const chip = {
  soc: 'soc',
  soc_id: 'id',
  revision: 'version',
  chip_name: 'chipName',
  platform: 'platformName',
  build_id: 'buildId',
  serial_number: 'serialNumber',
} as const

const image = ['name', 'variant', 'oem'] as const

export class IdentityMetrics {
  readonly #values: LabelValues
  readonly #board: Present
  readonly #chip: Present
  readonly #image: Present

  constructor(instruments: Instruments, values: LabelValues) {
    this.#values = values
    this.#board = instruments.gauge(
      'qcom_smem_board_info',
      'The board, as its device tree names it.',
      'model',
      'compatible',
      'soc',
    )
    this.#chip = instruments.gauge(
      'qcom_smem_socinfo_info',
      'The chip, as item 137 describes it.',
      ...Object.keys(chip),
    )
    this.#image = instruments.gauge(
      'qcom_smem_image_info',
      'A firmware image that was started, as items 469 and 667 name it.',
      'image',
      ...image,
    )
  }

  look(sampler: Sampler, board: Board | null): void {
    if (board !== null) {
      const { model, compatible, soc } = board
      const labels = { model, compatible: compatible[0] ?? null, soc }
      this.#board.set(this.#values.texts('board', labels), 1)
    }
    const socinfo = decoded(sampler, ItemId.HW_SW_BUILD_ID, 'socinfo')
    if (socinfo !== null) {
      const texts = Object.entries(chip).map(([label, field]) => [label, socinfo.get(field)])
      this.#chip.set(this.#values.texts('socinfo', Object.fromEntries(texts)), 1)
    }
    for (const id of [ItemId.IMAGE_VERSION_TABLE, ItemId.IMAGE_VERSION_TABLE_2]) {
      const images = decoded(sampler, id, 'image-versions')
      if (images !== null) this.#images(images)
    }
  }

  #images(fields: Fields): void {
    for (let i = 0; fields.has(`[${i}].index`); i++) {
      const field = (name: string) => fields.get(`[${i}].${name}`)
      const texts = this.#values.texts('image', {
        // The decoder's own word, not memory's.
        image: field('image') ?? `image-${field('index')}`,
        ...Object.fromEntries(image.map((name) => [name, field(name)])),
      })
      this.#image.set(texts, 1)
    }
  }
}

type Fields = NonNullable<Watched['fields']>

/** The fields of a global item, where our decoder has read it. */
function decoded(sampler: Sampler, id: number, decoder: string): Fields | null {
  const watched = sampler.find(id, null)
  return watched?.decoder === decoder ? watched.fields : null
}
