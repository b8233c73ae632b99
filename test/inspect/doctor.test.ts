// SPDX-License-Identifier: MIT
// What doctor says of machines of every kind: of each thing that can stand in the way, the finding, the
// evidence and the remedy; and that it claims nothing it could not see.

import assert from 'node:assert/strict'
import { gzipSync } from 'node:zlib'
import type { Status } from '#lib/inspect/doctor/finding.js'
import { doctorReport } from '#lib/inspect/doctor.js'
import { msm8974, sdm845 } from '../board-discovery/boards.js'
import type { TreeText } from '../board-discovery/tree-writer.js'
import { type Description, loaded, withMachine } from './doctor-machine.js'

const report = (description: Description = {}) => withMachine(description, doctorReport)

/** One finding of a machine's report. */
function finding(check: string, description: Description) {
  const found = report(description).findings.find((one) => one.check === check)
  assert.ok(found, `no finding of ${check}`)
  return found
}

const user = {
  '/proc/self/status': 'Uid:\t1000\t1000\t1000\t1000\nCapEff:\t0000000000000000\n',
  '/proc/iomem': '00000000-00000000 : System RAM\n  00000000-00000000 : Kernel code\n',
}
const rootInContainer = {
  '/proc/self/status': 'Uid:\t0\t0\t0\t0\nCapEff:\t00000000a80425fb\n',
  '/.dockerenv': '',
}

describe('doctor on a board with a Debian kernel', () => {
  it('says that SMEM can be read and its lock not taken, with the claim of the page', () => {
    const { schema, ok, canRead, canLock, findings } = report({ refusals: { mutexWord: 'EPERM' } })
    assert.deepEqual(
      { schema, ok, canRead, canLock },
      { schema: 'qcom-smem/doctor@1', ok: true, canRead: true, canLock: false },
    )
    const statuses = Object.fromEntries(findings.map(({ check, status }) => [check, status]))
    assert.deepEqual(statuses, {
      'native-module': 'ok',
      'device-tree': 'ok',
      'smem-node': 'ok',
      'board-table': 'ok',
      'dev-mem': 'ok',
      privilege: 'ok',
      lockdown: 'ok',
      'strict-devmem': 'ok',
      'carve-out': 'ok',
      heap: 'ok',
      'mutex-page': 'warning',
      'kernel-driver': 'ok',
      'socinfo-kernel': 'unknown',
    })
    const page = findings.find(({ check }) => check === 'mutex-page')!
    assert.deepEqual(page.evidence, [
      'cannot map 4 bytes at 0x1f43000: EPERM',
      'mutex word 0x01f43000 (reg)',
      '/proc/iomem: 01f40000-01f5ffff : 1f40000.hwlock hwlock@1f40000',
      '/boot/config-6.12.107+deb13-arm64: CONFIG_IO_STRICT_DEVMEM=y',
      '/sys/bus/platform/drivers/qcom_hwspinlock/1f40000.hwlock: bound',
      '/proc/cmdline: no iomem=relaxed',
    ])
    assert.match(page.remedy ?? '', /reading works.*iomem=relaxed.*syscon/)
  })

  it('says that everything works with iomem=relaxed', () => {
    const { ok, canRead, canLock, findings } = report({
      files: { '/proc/cmdline': 'quiet iomem=relaxed\n' },
    })
    assert.deepEqual([ok, canRead, canLock], [true, true, true])
    const others = findings.filter(({ check }) => check !== 'socinfo-kernel') // an empty heap
    assert.ok(others.every(({ status, remedy }) => status === 'ok' && remedy === null))
    const page = findings.find(({ check }) => check === 'mutex-page')
    assert.ok(page?.evidence.includes('/proc/cmdline: iomem=relaxed'))
  })

  it('has findings in the documented form, evidence with every one that is not unknown', () => {
    for (const machine of [{}, { tree: null }, { files: user, refusals: { open: 'EACCES' } }]) {
      for (const { check, status, title, evidence, remedy } of report(machine).findings) {
        assert.match(check, /^[a-z-]+$/)
        assert.match(title, /^[^\n]+$/)
        assert.equal(remedy === null, status === 'ok' || status === 'unknown')
        assert.ok(status === 'unknown' || evidence.length > 0, check)
        for (const line of evidence) assert.match(line, /^[^\n]+$/)
      }
    }
  })
})

describe('doctor on machines without SMEM', () => {
  const pc = { ...loaded, arch: 'x64' }
  const acpi = { '/sys/firmware/acpi/tables/DSDT': '' }

  it('says on a PC, as root, that it is no board, and names the fake and dumps', () => {
    const { ok, canRead, canLock, findings } = report({ tree: null, native: pc, files: acpi })
    assert.deepEqual([ok, canRead, canLock], [false, false, false])
    const tree = findings.find(({ check }) => check === 'device-tree')!
    assert.equal(tree.status, 'problem')
    assert.match(tree.title, /no Qualcomm board.*x64/)
    assert.deepEqual(tree.evidence, [
      '/proc/device-tree: no such folder',
      '/sys/firmware/acpi/tables: is there',
      'this is linux, x64',
    ])
    assert.match(tree.remedy!, /--source file:PATH.*--source fake/)
    const others = findings.filter(({ status }) => status === 'problem')
    assert.deepEqual(others, [tree])
  })

  it('says the same to an ordinary user, and that /dev/mem is not for them', () => {
    const { findings } = report({
      tree: null,
      native: pc,
      files: { ...acpi, ...user },
      refusals: { open: 'EACCES' },
    })
    const problems = findings.filter(({ status }) => status === 'problem')
    assert.deepEqual(
      problems.map(({ check }) => check),
      ['device-tree', 'privilege'],
    )
    assert.match(problems[1]!.remedy!, /sudo/)
  })

  it('is not fooled by the empty tree of an Arm machine booted with ACPI', () => {
    const found = finding('device-tree', { tree: { chosen: {} }, files: acpi })
    assert.equal(found.status, 'problem')
    assert.match(found.title, /booted with ACPI/)
  })

  it('says on another board that its tree has no qcom,smem node', () => {
    const pi = { model: 'Raspberry Pi 4 Model B', compatible: ['raspberrypi,4-model-b'] }
    const found = finding('smem-node', { tree: pi })
    assert.equal(found.status, 'problem')
    assert.match(found.evidence[0]!, /Raspberry Pi 4.*no "qcom,smem" node/)
    assert.equal(finding('device-tree', { tree: pi }).status, 'ok')
  })

  it('says where a broken tree breaks', () => {
    const tree: TreeText = { smem: { compatible: 'qcom,smem', 'memory-region': 7 } }
    const found = finding('smem-node', { tree })
    assert.equal(found.status, 'problem')
    assert.match(found.evidence[0]!, /\/smem.*phandle 0x7/)
    assert.ok(found.remedy)
  })

  it('says on other systems that live memory needs Linux', () => {
    const native = { ...loaded, loaded: null, platform: 'darwin', libc: null }
    const nothing = Object.fromEntries(
      ['/dev/mem', '/proc/self/status', '/proc/iomem', '/proc/cmdline'].map((p) => [p, null]),
    )
    const { ok, findings } = report({ tree: null, native, files: nothing })
    assert.equal(ok, false)
    assert.match(findings[0]!.title, /darwin/)
    assert.equal(findings.find(({ check }) => check === 'dev-mem')?.status, 'unknown')
    assert.equal(findings.find(({ check }) => check === 'privilege')?.status, 'unknown')
  })
})

describe('doctor in a container', () => {
  it('says that the device tree is hidden', () => {
    const found = finding('device-tree', {
      tree: null,
      files: rootInContainer,
      links: { '/proc/device-tree': '/sys/firmware/devicetree/base' },
    })
    assert.deepEqual(found.evidence, ['/proc/device-tree: leads nowhere', '/.dockerenv: is there'])
    assert.match(found.remedy!, /systempaths=unconfined/)
  })

  it('says how to get /dev/mem into it', () => {
    const found = finding('dev-mem', { files: { ...rootInContainer, '/dev/mem': null } })
    assert.match(found.title, /container/)
    assert.match(found.remedy!, /--device \/dev\/mem --cap-add SYS_RAWIO/)
  })

  it('says that root lacks the capability', () => {
    const found = finding('privilege', { files: rootInContainer, refusals: { open: 'EPERM' } })
    assert.match(found.title, /root without CAP_SYS_RAWIO/)
    assert.ok(found.evidence.includes('/proc/self/status: CapEff: 00000000a80425fb'))
    assert.match(found.remedy!, /--cap-add SYS_RAWIO/)
  })

  it('says that the device cgroup may forbid it even so', () => {
    const found = finding('privilege', {
      files: { '/run/.containerenv': '' },
      refusals: { open: 'EPERM' },
    })
    assert.equal(found.status, 'problem')
    assert.ok(found.evidence.includes('/run/.containerenv: is there'))
    assert.match(found.remedy!, /--device \/dev\/mem/)
  })
})

describe('doctor about /dev/mem', () => {
  const cases: { name: string; machine: Description; check: string; title: RegExp }[] = [
    {
      name: 'a kernel without it',
      machine: {
        files: { '/dev/mem': null, '/proc/config.gz': gzipSync('# CONFIG_DEVMEM is not set\n') },
      },
      check: 'dev-mem',
      title: /built without/,
    },
    {
      name: 'a node without a driver behind it',
      machine: {
        files: { '/proc/config.gz': gzipSync('CONFIG_X=y\n') },
        refusals: { open: 'ENXIO' },
      },
      check: 'dev-mem',
      title: /built without/,
    },
    {
      name: 'a node that is missing',
      machine: { files: { '/dev/mem': null } },
      check: 'dev-mem',
      title: /there is no/,
    },
    {
      name: 'an ordinary user who may open the file but lacks the capability',
      machine: { files: user, refusals: { open: 'EPERM' } },
      check: 'privilege',
      title: /only root/,
    },
    {
      name: 'a kernel in lockdown',
      machine: {
        files: {
          '/sys/kernel/security/lockdown': 'none [integrity] confidentiality\n',
          '/proc/cmdline': 'quiet lockdown=integrity\n',
        },
        refusals: { open: 'EPERM' },
      },
      check: 'lockdown',
      title: /lockdown \(integrity\)/,
    },
    {
      name: 'Secure Boot',
      machine: {
        files: { '/sys/kernel/security/lockdown': 'none integrity [confidentiality]\n' },
        refusals: { open: 'EPERM' },
      },
      check: 'lockdown',
      title: /lockdown \(confidentiality\)/,
    },
  ]
  for (const { name, machine, check, title } of cases) {
    it(`tells of ${name}, and does not pretend to have mapped anything`, () => {
      const found = finding(check, machine)
      assert.equal(found.status, 'problem')
      assert.match(found.title, title)
      assert.ok(found.remedy)
      const { ok, canRead, canLock, findings } = report(machine)
      assert.deepEqual([ok, canRead, canLock], [false, false, false])
      const statuses = new Map<string, Status>(findings.map((one) => [one.check, one.status]))
      assert.equal(statuses.get('carve-out'), 'unknown')
      assert.equal(statuses.get('heap'), 'unknown')
    })
  }

  it('blames lockdown alone for what lockdown did', () => {
    const machine = {
      files: { '/sys/kernel/security/lockdown': '[integrity]\n' },
      refusals: { open: 'EPERM' },
    }
    const problems = report(machine).findings.filter(({ status }) => status === 'problem')
    assert.deepEqual(
      problems.map(({ check }) => check),
      ['lockdown'],
    )
  })

  it('knows without the lockdown file what an open /dev/mem proves', () => {
    const silent = { '/sys/kernel/security/lockdown': null }
    assert.equal(finding('lockdown', { files: silent }).status, 'ok')
    const refused = { files: silent, refusals: { open: 'EPERM' } }
    assert.equal(finding('lockdown', refused).status, 'unknown')
    const old = { '/boot/config-6.12.107+deb13-arm64': 'CONFIG_DEVMEM=y\n' }
    const without = { files: { ...silent, ...old }, refusals: { open: 'EPERM' } }
    assert.match(finding('lockdown', without).title, /knows no lockdown/)
  })
})

describe('doctor about the carve-out', () => {
  const mapped = structuredClone(sdm845)
  delete ((mapped['reserved-memory'] as TreeText)['smem@86000000'] as TreeText)['no-map']
  const ram = { '/proc/iomem': '80000000-ffffffff : System RAM\n  86000000-861fffff : reserved\n' }

  it('tells of a missing no-map with both files as evidence', () => {
    const machine = { tree: mapped, files: ram, refusals: { carveOut: 'EPERM' } }
    const found = finding('strict-devmem', machine)
    assert.equal(found.status, 'problem')
    assert.deepEqual(found.evidence, [
      '/proc/device-tree/reserved-memory/smem@86000000: no no-map',
      '/proc/iomem: 80000000-ffffffff : System RAM',
      '/boot/config-6.12.107+deb13-arm64: CONFIG_STRICT_DEVMEM=y',
    ])
    assert.match(found.remedy!, /no-map/)
    const probe = finding('carve-out', machine)
    assert.equal(probe.status, 'problem')
    assert.match(probe.title, /EPERM/)
    assert.equal(report(machine).canRead, false)
  })

  it('expects the same for a user who cannot try', () => {
    const machine = { tree: mapped, files: user, refusals: { open: 'EACCES' } }
    const found = finding('strict-devmem', machine)
    assert.equal(found.status, 'problem')
    assert.ok(found.evidence.includes('/proc/iomem: addresses are hidden from this user'))
  })

  it('only warns where the kernel maps its own RAM for everybody', () => {
    const lax = { ...ram, '/boot/config-6.12.107+deb13-arm64': 'CONFIG_DEVMEM=y\n' }
    const machine = { tree: mapped, files: lax }
    assert.equal(finding('strict-devmem', machine).status, 'warning')
    assert.equal(report(machine).ok, true)
  })

  it('is content with a hole in the memory node, which is no RAM either', () => {
    assert.equal(finding('strict-devmem', { tree: mapped }).status, 'ok')
  })

  it('shows the error of a mapping that fails for another reason, and who owns the range', () => {
    const found = finding('carve-out', { refusals: { carveOut: 'EINVAL' } })
    assert.equal(found.status, 'problem')
    assert.deepEqual(found.evidence.slice(0, 2), [
      'cannot map 2097152 bytes at 0x86000000: EINVAL',
      '/proc/iomem: 86000000-861fffff : reserved',
    ])
  })
})

describe('doctor about the heap', () => {
  it('tells of one that the boot loader has not set up, with the words', () => {
    const machine = { header: { initialized: 0, version: 0 } }
    const found = finding('heap', machine)
    assert.equal(found.status, 'problem')
    assert.deepEqual(found.evidence, [
      '0x860000c0: 0x00000000 (initialized)',
      '0x860000cc: 0x00000000 (reserved)',
      '0x8600005c: 0x00000000 (version)',
    ])
    const { ok, canRead } = report(machine)
    assert.deepEqual([ok, canRead], [false, true])
  })

  it('tells of garbage in the reserved word', () => {
    assert.equal(finding('heap', { header: { reserved: 5 } }).status, 'problem')
  })

  it('tells of a version that nobody knows', () => {
    const found = finding('heap', { header: { version: 0x000d0001 } })
    assert.equal(found.status, 'problem')
    assert.match(found.title, /13\.1/)
  })

  it('knows 11 and 12', () => {
    for (const major of [11, 12]) {
      const found = finding('heap', { header: { version: major << 16 } })
      assert.deepEqual([found.status, found.remedy], ['ok', null])
    }
  })
})

describe('doctor about the mutex', () => {
  const syscon = structuredClone(sdm845)
  Object.assign(syscon, {
    'soc@0': { ...(syscon['soc@0'] as TreeText), 'hwlock@1f40000': {} },
    hwlock: {
      compatible: 'qcom,tcsr-mutex',
      syscon: [0x77, 0, 0x1000],
      '#hwlock-cells': 1,
      phandle: 0x2a,
    },
    'syscon@1f40000': { reg: [0, 0x01f40000, 0, 0x20000], phandle: 0x77 },
  })

  it('says that the syscon form can be reached', () => {
    const { canLock, findings } = report({ tree: syscon })
    assert.equal(canLock, true)
    const found = findings.find(({ check }) => check === 'mutex-page')
    assert.ok(found?.evidence.includes('mutex word 0x01f43000 (syscon)'))
  })

  it('expects the refusal for a user who cannot try, and not of the syscon form', () => {
    const machine = { files: user, refusals: { open: 'EACCES' } }
    assert.equal(finding('mutex-page', machine).status, 'warning')
    assert.equal(finding('mutex-page', { ...machine, tree: syscon }).status, 'unknown')
    const relaxed = { ...user, '/proc/cmdline': 'iomem=relaxed' }
    assert.equal(finding('mutex-page', { ...machine, files: relaxed }).status, 'unknown')
  })

  it('does not expect it where the driver is not bound or the kernel is not strict', () => {
    const driver = '/sys/bus/platform/drivers/qcom_hwspinlock/1f40000.hwlock'
    const free = { files: { ...user, [driver]: null }, refusals: { open: 'EACCES' } }
    assert.equal(finding('mutex-page', free).status, 'unknown')
    const lax = { ...user, '/boot/config-6.12.107+deb13-arm64': 'CONFIG_STRICT_DEVMEM=y\n' }
    assert.equal(finding('mutex-page', { ...free, files: lax }).status, 'unknown')
  })

  it('tells of a tree that names no lock', () => {
    const tree = structuredClone(msm8974)
    delete (tree.smem as TreeText).hwlocks
    const machine = { tree, files: { '/proc/iomem': null } }
    const found = finding('mutex-page', machine)
    assert.deepEqual([found.status, report(machine).canLock], ['warning', false])
    assert.match(found.evidence[0]!, /no hwlocks/)
  })
})

describe('doctor about the native module', () => {
  it('says what was tried, on what, and with which C library', () => {
    const error = 'libc.musl-aarch64.so.1: cannot open shared object file'
    const native = {
      ...loaded,
      loaded: null,
      libc: 'musl',
      tried: [
        { path: '/p/build/Release/qcom_smem.node', error: 'no such file' },
        { path: '/p/prebuilds/linux-arm64/qcom_smem.node', error },
      ],
    }
    const { ok, findings } = report({ native })
    assert.equal(ok, false)
    assert.equal(findings[0]!.check, 'native-module')
    assert.equal(findings[0]!.status, 'problem')
    assert.deepEqual(findings[0]!.evidence, [
      'this is linux, arm64, musl',
      '/p/build/Release/qcom_smem.node: no such file',
      '/p/prebuilds/linux-arm64/qcom_smem.node: libc.musl-aarch64.so.1: cannot open shared object file',
    ])
    assert.match(findings[0]!.remedy!, /cd \/opt\/qcom-smem && cmake/)
  })
})

describe('doctor about the driver in the kernel', () => {
  it('says that it shares the heap, or that it does not', () => {
    const path = '/sys/bus/platform/drivers/qcom-smem/86000000.smem'
    assert.deepEqual(finding('kernel-driver', {}).evidence, [`${path}: bound`])
    const alone = finding('kernel-driver', { files: { [path]: null } })
    assert.match(alone.title, /does not use/)
    assert.ok(alone.evidence.includes('/boot/config-6.12.107+deb13-arm64: CONFIG_QCOM_SMEM=m'))
  })
})

describe('doctor by itself', () => {
  it('opens the memory device to see whether it may, and no more', () => {
    const { findings } = withMachine({ tree: null }, ({ root = '/', native = () => loaded }) =>
      doctorReport({ root, native }),
    )
    assert.equal(
      findings.find(({ check }) => check === 'privilege')?.title,
      '/dev/mem can be opened',
    )
  })

  it('gives a report and opens nothing that is not there', () => {
    const { schema, findings } = doctorReport()
    assert.equal(schema, 'qcom-smem/doctor@1')
    assert.equal(findings.length, 13)
  })
})
