// SPDX-License-Identifier: MIT
// `items`: what is known of item ids, without any SMEM.

import assert from 'node:assert/strict'
import { Exit } from '#lib/cli/exit.js'
import { qcomSmem } from './terminal.js'

const json = async (...args: string[]) => JSON.parse((await qcomSmem('--json', ...args)).out)

describe('items', () => {
  it('lists every known id on a line, with what one could search for', async () => {
    const { code, out } = await qcomSmem('items')
    const lines = out.trimEnd().split('\n')
    assert.equal(code, Exit.OK)
    assert.equal(lines.length, 521)
    const line = (id: number) => lines.find((text) => text.trimStart().startsWith(`${id} `))!
    assert.match(line(137), /SMEM_HW_SW_BUILD_ID +socinfo +socinfo: which chip/)
    assert.match(line(443), /\(also .*SMEM_SMP2P_AUDIO_BASE\+0\)/)
    assert.match(line(94), /; or SMEM_MDDI_LCD_IDX: which buffer/)
    assert.match(line(81), /by its name: /)
  })

  it('tells one whole, by any of its names or its number', async () => {
    const byNumber = await qcomSmem('items', '0x61')
    assert.equal(byNumber.code, Exit.OK)
    assert.match(byNumber.out, /^name +SMEM_SMP2P_CDSP_BASE\+3$/m)
    assert.match(
      byNumber.out,
      /^holds +SMP2P entries that host 5 \(CDSP\) writes and host 3 reads$/m,
    )
    assert.match(byNumber.out, /^or +SMEM_LCD_CUR_PANEL: /m)
    assert.match(byNumber.out, /^to tell +SMP2P begins with the bytes "\$SMP"$/m)
    assert.match(byNumber.out, /^decoder +smp2p$/m)
    assert.equal((await qcomSmem('items', 'lcd_cur_panel')).out, byNumber.out)
  })

  it('says which other id has the name somewhere else', async () => {
    const { out } = await qcomSmem('items', 'BOOT_FLASH_TYPE')
    assert.match(out, /^item +498 /m)
    assert.match(out, /^not +item 421, so called in router U-Boot for IPQ806x$/m)
  })

  it('says where no decoder is', async () => {
    assert.match((await qcomSmem('items', 'RF_EEPROM_DATA')).out, /^decoder +none/m)
  })

  it('is data with --json, the same for one as for all', async () => {
    const { schema, items } = await json('items')
    assert.equal(schema, 'qcom-smem/items@1')
    assert.equal(items.length, 520)
    const one = await json('items', 'smem_smsm_shared_state')
    assert.deepEqual(one.items, [items.find(({ id }: { id: number }) => id === 85)])
  })

  it('refuses what is not known, with a way on', async () => {
    const number = await qcomSmem('items', '700')
    assert.equal(number.code, Exit.USAGE)
    assert.match(number.err, /no public source names item 700.*qcom-smem items lists/)
    const name = await qcomSmem('items', 'HW_SW_BILD_ID')
    assert.equal(name.code, Exit.USAGE)
    assert.match(name.err, /did you mean HW_SW_BUILD_ID\?/)
  })
})
