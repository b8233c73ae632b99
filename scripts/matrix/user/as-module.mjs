// SPDX-License-Identifier: MIT
// A user's program in a cell of the matrix, as an ES module: reads a fake SoC, and allocates in it.

import { ItemId, Smem } from 'qcom-smem'
import { FakeSoc } from 'qcom-smem/testing'

const soc = FakeSoc.create('sdm845')
const smem = Smem.open({ source: `fake:${soc.path}`, writable: true })
smem.alloc(ItemId.ID_VENDOR2, 64)
const { buildId } = smem.get(ItemId.HW_SW_BUILD_ID).decode()
console.log(`${buildId} ${smem.get(ItemId.ID_VENDOR2).size}`)
smem.close()
soc.close()
