// SPDX-License-Identifier: MIT
// An SDM845: version 12, global items in a partition, a private partition for each processor that apps talks to,
// and one that is none of apps' business. Addresses from the mainline device tree; contents are ours.

import { Host } from '../../data/hosts.js'
import { ItemId } from '../../data/item-names.js'
import type { PartitionItemDescription } from '../description.js'
import { glinkItems, glinkOpen, glinkVersion } from '../items/glink.js'
import { imageVersions } from '../items/image-versions.js'
import { ramPartitions } from '../items/ram-partitions.js'
import { smp2pItem } from '../items/smp2p.js'
import { socinfo } from '../items/socinfo.js'
import { fakeBoard, type Profile } from '../profile.js'

const carveOut = { base: 0x86000000, size: 0x200000 }

/** Both sides of SMP2P between apps and a processor that is up. */
function smp2pPair(host: number): PartitionItemDescription[] {
  return [
    smp2pItem({ from: Host.APPS, to: host, entries: { 'master-kernel': 0 } }),
    smp2pItem({ from: host, to: Host.APPS, entries: { 'slave-kernel': 0x6 } }),
  ]
}

/** A GLINK edge on which the remote opened the message router. */
function glinkEdge(remoteFifo: number): PartitionItemDescription[] {
  return glinkItems({
    sent: [glinkVersion(0)],
    received: [glinkVersion(0)],
    pending: [glinkOpen(1, 'IPCRTR')],
    remoteFifo,
  })
}

export const sdm845: Profile = {
  name: 'sdm845',
  summary: 'SDM845: version 12, private partitions, cached items',
  board: fakeBoard({
    model: 'SDM845 MTP (fake)',
    compatible: ['qcom,sdm845-mtp', 'qcom,sdm845'],
    carveOut,
    tcsr: 0x01f40000,
  }),
  describe: () => ({
    version: 12,
    ...carveOut,
    versions: { 0: 0x000c0000, 7: 0x000c0000 },
    partitions: [
      {
        global: true,
        size: 0x80000,
        cacheline: 128,
        items: [
          {
            id: ItemId.HW_SW_BUILD_ID,
            data: socinfo({
              format: 12,
              id: 321,
              version: '2.1',
              buildId: 'SDM845.LA.3.0-00371-FAKE-1',
              rawId: 0x8b,
              rawVersion: 2,
              platform: 8,
              platformVersion: '1.0',
              pmicModel: 0x10014,
              pmicDieRevision: '2.1',
              foundryId: 3,
              serialNumber: 0xc0ffee42,
              chipFamily: 79,
              rawDeviceFamily: 6,
              rawDeviceNumber: 11,
              pmics: [
                { model: 0x10014, dieRevision: '2.1' },
                { model: 0x20015, dieRevision: '2.1' },
                { model: 0x30018, dieRevision: '2.0' },
              ],
            }),
          },
          {
            id: ItemId.IMAGE_VERSION_TABLE,
            data: imageVersions({
              boot: { name: 'BOOT.XF.2.0-00371', variant: 'SDM845LZB', oem: 'fake-soc' },
              tz: { name: 'TZ.XF.5.0.1-00180', variant: 'SDM845AAAAANAZT', oem: 'fake-soc' },
              hyp: { name: 'HYP.XF.5.0.1-00180', variant: 'SDM845', oem: 'fake-soc' },
              apps: { name: '6.12.0', variant: 'arm64', oem: 'fake-soc' },
              mpss: { name: 'MPSS.AT.4.0-00840', variant: 'SDM845_GEN', oem: 'fake-soc' },
              adsp: { name: 'ADSP.HT.4.0-00386', variant: 'SDM845', oem: 'fake-soc' },
              video: { name: 'VIDEO.VE.5.2-00023', variant: 'PROD', oem: 'fake-soc' },
              cdsp: { name: 'CDSP.HT.1.0-00438', variant: 'SDM845', oem: 'fake-soc' },
            }),
          },
          {
            id: ItemId.USABLE_RAM_PARTITION_TABLE,
            data: ramPartitions(2, [
              { start: 0x80000000, length: 0x80000000 },
              { start: 0x100000000, length: 0x80000000 },
            ]),
          },
          {
            id: ItemId.SSR_REASON_MSS0,
            data: 'modem_main.c:310: assertion of the fake firmware',
            size: 81,
          },
          { id: ItemId.SSR_REASON_LPASS0, size: 81 },
          { id: ItemId.SSR_REASON_DSPS0, size: 81 },
          { id: ItemId.LC_DEBUGGER, size: 0x1000 },
          { id: ItemId.VSENSE_DATA, size: 100, cached: true },
        ],
      },
      {
        host0: Host.APPS,
        host1: Host.MODEM,
        size: 0x20000,
        cacheline: 64,
        items: [
          ...smp2pPair(Host.MODEM),
          ...glinkEdge(0x4000),
          { id: ItemId.IPA_FILTER_TABLE, size: 0x400 },
          {
            id: ItemId.ERR_CRASH_LOG,
            data: 'fake modem: nothing to report',
            size: 1000,
            cached: true,
          },
          { id: ItemId.ERR_F3_TRACE_LOG, size: 0x1234, cached: true },
        ],
      },
      {
        host0: Host.APPS,
        host1: Host.ADSP,
        size: 0x18000,
        cacheline: 128,
        items: [
          ...smp2pPair(Host.ADSP),
          ...glinkEdge(0x2000),
          {
            id: ItemId.ERR_CRASH_LOG_ADSP,
            data: 'fake ADSP: nothing to report',
            size: 500,
            cached: true,
          },
        ],
      },
      {
        host0: Host.APPS,
        host1: Host.SSC,
        size: 0x10000,
        cacheline: 128,
        items: [...smp2pPair(Host.SSC), ...glinkEdge(0x2000)],
      },
      {
        host0: Host.APPS,
        host1: Host.CDSP,
        size: 0x18000,
        cacheline: 128,
        items: [...smp2pPair(Host.CDSP), ...glinkEdge(0x2000)],
      },
      // Firmware names the hosts in either order.
      { host0: Host.SPSS, host1: Host.APPS, size: 0x8000, cacheline: 64 },
      {
        host0: Host.MODEM,
        host1: Host.ADSP,
        size: 0x8000,
        cacheline: 32,
        items: [
          smp2pItem({ from: Host.MODEM, to: Host.ADSP, entries: { 'modem-adsp': 1 } }),
          smp2pItem({ from: Host.ADSP, to: Host.MODEM, entries: { 'adsp-modem': 1 } }),
        ],
      },
    ],
  }),
}
