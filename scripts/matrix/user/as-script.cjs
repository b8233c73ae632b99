// SPDX-License-Identifier: MIT
// A user's program in a cell of the matrix, as a CommonJS script, by require(): reads a fake SoC, and allocates in it.

const { ItemId, Smem } = require('qcom-smem')
const { FakeSoc } = require('qcom-smem/testing')

const soc = FakeSoc.create('sdm845')
const smem = Smem.open({ source: `fake:${soc.path}`, writable: true })
smem.alloc(ItemId.ID_VENDOR2, 64)
const { buildId } = smem.get(ItemId.HW_SW_BUILD_ID).decode()
console.log(`${buildId} ${smem.get(ItemId.ID_VENDOR2).size}`)
smem.close()
soc.close()
