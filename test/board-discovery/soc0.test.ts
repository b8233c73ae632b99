// SPDX-License-Identifier: MIT
// What is read of the kernel's facts about the chip, from folders written by hand.

import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { MachineFiles } from '#lib/board/files.js'
import { readSoc0 } from '#lib/board/soc0.js'

function soc0(files: Readonly<Record<string, string>>, images = true) {
  const root = mkdtempSync(join(tmpdir(), 'smem-soc0-'))
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), text, 'latin1')
    }
    return readSoc0(new MachineFiles(root), { images })
  } finally {
    rmSync(root, { recursive: true })
  }
}

const files = {
  'sys/devices/soc0/machine': 'SDM845\n',
  'sys/devices/soc0/power/control': 'auto\n',
  'sys/kernel/debug/qcom_socinfo/build_id': ' spaces and a newline \n\n',
  'sys/kernel/debug/qcom_socinfo/chip_id': 'caf\xe9\n',
  'sys/kernel/debug/qcom_socinfo/boot/name': 'BOOT\n',
  'sys/kernel/debug/qcom_socinfo/boot/oem': '',
}

describe('the kernel about the chip', () => {
  it('is read from both folders, each text without the one newline that the kernel adds', () => {
    assert.deepEqual(soc0(files), {
      attributes: { machine: 'SDM845' },
      debug: { build_id: ' spaces and a newline \n', chip_id: 'caf\xe9' },
      images: { boot: { name: 'BOOT', oem: '' } },
    })
  })

  it('is asked for the versions of images only when told to', () => {
    assert.deepEqual(soc0(files, false).images, {})
  })

  it('may have nothing to say', () => {
    assert.deepEqual(soc0({}), { attributes: {}, debug: {}, images: {} })
  })
})
