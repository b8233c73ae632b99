// SPDX-License-Identifier: MIT
// What the kernel says of itself, from a folder in the place of its files.

import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { MachineFiles } from '#lib/board/files.js'
import { overlapping, parseIomem } from '#lib/board/iomem.js'
import { readKernel } from '#lib/board/kernel.js'

describe('/proc/iomem', () => {
  const table = parseIomem(
    '01f40000-01f5ffff : 1f40000.hwlock hwlock@1f40000\n' +
      '40000000-85ffffff : System RAM\n  40210000-4194ffff : Kernel code\n' +
      '880000000-8ffffffff : System RAM\nnonsense\n',
  )

  it('gives ranges with names, depths and lines', () => {
    assert.deepEqual(
      table.ranges.map(({ base, size, depth, name }) => [base, size, depth, name]),
      [
        [0x01f40000, 0x20000, 0, '1f40000.hwlock hwlock@1f40000'],
        [0x40000000, 0x46000000, 0, 'System RAM'],
        [0x40210000, 0x1740000, 1, 'Kernel code'],
        [0x880000000, 0x80000000, 0, 'System RAM'],
      ],
    )
    assert.equal(table.ranges[2]?.line, '40210000-4194ffff : Kernel code')
    assert.equal(table.hidden, false)
  })

  it('finds what shares a byte with a range, and not its neighbours', () => {
    const names = (base: number, size: number) =>
      overlapping(table, { base, size }).map(({ name }) => name)
    assert.deepEqual(names(0x01f43000, 4), ['1f40000.hwlock hwlock@1f40000'])
    assert.deepEqual(names(0x85ffffff, 1), ['System RAM'])
    assert.deepEqual(names(0x86000000, 0x200000), [])
    assert.deepEqual(names(0x3ffff000, 0x1000), [])
  })

  it('is recognised as hidden where every address is zero', () => {
    const hidden = parseIomem('00000000-00000000 : System RAM\n  00000000-00000000 : reserved\n')
    assert.deepEqual(hidden, { ranges: [], hidden: true })
  })

  it('is not hidden where it is empty', () => {
    assert.deepEqual(parseIomem(''), { ranges: [], hidden: false })
  })
})

describe('the running kernel', () => {
  let root: string
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'smem-kernel-'))
  })
  afterEach(() => rmSync(root, { recursive: true }))

  function kernel(files: Record<string, string | Uint8Array>) {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), content)
    }
    return readKernel(new MachineFiles(root))
  }
  const release = { '/proc/sys/kernel/osrelease': '6.12.107+deb13-arm64\n' }

  it('is described by /proc/config.gz first', () => {
    const { config } = kernel({
      ...release,
      '/proc/config.gz': gzipSync('CONFIG_DEVMEM=y\n# CONFIG_STRICT_DEVMEM is not set\n'),
      '/boot/config-6.12.107+deb13-arm64': '# CONFIG_DEVMEM is not set\n',
    })
    assert.equal(config.path, '/proc/config.gz')
    assert.deepEqual(
      [config.value('DEVMEM'), config.value('STRICT_DEVMEM'), config.value('QCOM_SMEM')],
      ['y', 'n', 'n'],
    )
    assert.equal(config.line('DEVMEM'), '/proc/config.gz: CONFIG_DEVMEM=y')
    assert.equal(config.line('QCOM_SMEM'), '/proc/config.gz: # CONFIG_QCOM_SMEM is not set')
  })

  it('is described by the file of its release, beside the image or the modules', () => {
    const text = 'CONFIG_QCOM_SMEM=m\nCONFIG_HWSPINLOCK_QCOM=m\n'
    const modules = '/lib/modules/6.12.107+deb13-arm64/config'
    assert.equal(kernel({ ...release, [modules]: text }).config.path, modules)
    const boot = '/boot/config-6.12.107+deb13-arm64'
    const { config } = kernel({ [boot]: text })
    assert.deepEqual([config.path, config.value('HWSPINLOCK_QCOM')], [boot, 'm'])
  })

  it('does not mistake one option for another that ends alike', () => {
    const { config } = kernel({ '/proc/config.gz': gzipSync('CONFIG_IO_STRICT_DEVMEM=y\n') })
    assert.deepEqual([config.value('STRICT_DEVMEM'), config.value('DEVMEM')], ['n', 'n'])
  })

  it('is not known where no file describes it, and the evidence says which were looked for', () => {
    const { config } = kernel(release)
    assert.deepEqual([config.path, config.value('DEVMEM')], [null, null])
    assert.match(config.line('DEVMEM'), /\/proc\/config\.gz, \/boot\/config-6\.12/)
  })

  it('skips a configuration that cannot be unpacked', () => {
    const broken = Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3])
    assert.equal(kernel({ '/proc/config.gz': broken }).config.path, null)
    const bomb = gzipSync(Buffer.alloc(17 << 20))
    assert.equal(kernel({ '/proc/config.gz': bomb }).config.path, null)
  })

  it('tells lockdown, parameters and bound drivers', () => {
    const drivers = '/sys/bus/platform/drivers'
    const found = kernel({
      '/proc/cmdline': 'root=/dev/vda iomem=relaxed  quiet\n',
      '/sys/kernel/security/lockdown': 'none [integrity] confidentiality\n',
      [`${drivers}/qcom_hwspinlock/bind`]: '',
      [`${drivers}/qcom_hwspinlock/uevent`]: '',
      [`${drivers}/qcom_hwspinlock/1f40000.hwlock`]: '',
      [`${drivers}/qcom-smem/module`]: '',
    })
    assert.deepEqual(found.parameters, ['root=/dev/vda', 'iomem=relaxed', 'quiet'])
    assert.equal(found.lockdown, 'integrity')
    assert.deepEqual(found.bound, {
      'qcom-smem': [],
      qcom_hwspinlock: [`${drivers}/qcom_hwspinlock/1f40000.hwlock`],
    })
  })

  it('tells nothing where there is nothing to read', () => {
    const { release, parameters, lockdown, bound } = kernel({})
    assert.deepEqual(
      { release, parameters, lockdown, bound },
      {
        release: null,
        parameters: [],
        lockdown: null,
        bound: { 'qcom-smem': [], qcom_hwspinlock: [] },
      },
    )
  })
})
