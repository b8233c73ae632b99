// SPDX-License-Identifier: MIT
// An SC7280: version 12 with ids above 511, which the info record allows; the Wi-Fi processor uses the generic
// SMP2P ids. Addresses from the mainline device tree; contents are ours.

import { Host } from '../../data/hosts.js'
import { ItemId } from '../../data/item-names.js'
import type { PrivatePartitionDescription } from '../description.js'
import { DdrType, ddrInfo } from '../items/ddr-info.js'
import { glinkItems, glinkOpen, glinkVersion } from '../items/glink.js'
import { imageVersions, imageVersions2 } from '../items/image-versions.js'
import { minidump } from '../items/minidump.js'
import { ramPartitions } from '../items/ram-partitions.js'
import { smp2pItem } from '../items/smp2p.js'
import { socinfo } from '../items/socinfo.js'
import { fakeBoard, type Profile } from '../profile.js'

const carveOut = { base: 0x80900000, size: 0x200000 }

const dram = [
  { start: 0x80000000, size: 0x80000000 },
  { start: 0x100000000, size: 0x100000000 },
]

/** A processor that is up, with SMP2P and a GLINK edge. */
function processor(host: number, size: number, service: string): PrivatePartitionDescription {
  return {
    host0: Host.APPS,
    host1: host,
    size,
    cacheline: 128,
    items: [
      smp2pItem({ from: Host.APPS, to: host, entries: { 'master-kernel': 0 } }),
      smp2pItem({ from: host, to: Host.APPS, entries: { 'slave-kernel': 0x6 } }),
      ...glinkItems({
        sent: [glinkVersion(0), glinkOpen(1, service)],
        received: [glinkVersion(0)],
        remoteFifo: 0x2000,
      }),
    ],
  }
}

const versions = {
  boot: { name: 'BOOT.MXF.1.0-00733', variant: 'KODIAKLA', oem: 'fake-soc' },
  tz: { name: 'TZ.XF.5.15-00064', variant: 'KODIAKAAAAANAZT', oem: 'fake-soc' },
  apps: { name: '6.12.0', variant: 'arm64', oem: 'fake-soc' },
  mpss: { name: 'MPSS.HI.3.1-00450', variant: 'KODIAK_GEN', oem: 'fake-soc' },
  adsp: { name: 'ADSP.HT.5.5-00350', variant: 'KODIAK', oem: 'fake-soc' },
  video: { name: 'VIDEO.VPU.2.0-00120', variant: 'PROD', oem: 'fake-soc' },
  cdsp: { name: 'CDSP.HT.2.5-00300', variant: 'KODIAK', oem: 'fake-soc' },
  wpss: { name: 'WLAN.MSL.2.0-00500', variant: 'QCAHLSWMTPL', oem: 'fake-soc' },
  uefi: { name: 'UEFI.MXF.1.0-00733', variant: 'KODIAKLA', oem: 'fake-soc' },
  devcfg: { name: 'DEVCFG.XF.5.15-00064', variant: 'KODIAK', oem: 'fake-soc' },
}

export const sc7280: Profile = {
  name: 'sc7280',
  summary: 'SC7280: version 12, item ids above 511',
  board: fakeBoard({
    model: 'SC7280 IDP (fake)',
    compatible: ['qcom,sc7280-idp', 'qcom,sc7280'],
    carveOut,
    tcsr: 0x01f40000,
  }),
  describe: () => ({
    version: 12,
    ...carveOut,
    itemCount: 768,
    versions: { 0: 0x000c0001, 7: 0x000c0001 },
    partitions: [
      {
        global: true,
        size: 0x80000,
        cacheline: 128,
        items: [
          {
            id: ItemId.HW_SW_BUILD_ID,
            data: socinfo({
              format: 17,
              id: 487,
              version: '1.0',
              buildId: 'KODIAK.LA.1.0-00200-FAKE-1',
              rawId: 0x19,
              rawVersion: 1,
              platform: 34,
              platformVersion: '1.0',
              pmicModel: 0x2f,
              pmicDieRevision: '2.0',
              foundryId: 3,
              serialNumber: 0xfeedc0de,
              chipFamily: 118,
              rawDeviceFamily: 15,
              rawDeviceNumber: 2,
              productId: 0x412,
              chipName: 'SC7280-FAKE',
              modemSupported: 1,
              featureCode: 3,
              productCode: 1,
              pmics: [
                { model: 0x2f, dieRevision: '2.0' },
                { model: 0x31, dieRevision: '1.0' },
                { model: 0x33, dieRevision: '1.0' },
              ],
              disabledCores: [0, 0, 0],
              disabledParts: Array(20).fill(0),
            }),
          },
          { id: ItemId.IMAGE_VERSION_TABLE, data: imageVersions(versions) },
          {
            id: ItemId.USABLE_RAM_PARTITION_TABLE,
            data: ramPartitions(
              3,
              dram.map(({ start, size }) => ({ start, length: size, highestBankBit: 16 })),
            ),
          },
          { id: ItemId.SSR_REASON_MSS0, size: 81 },
          { id: ItemId.SSR_REASON_LPASS0, size: 81 },
          {
            id: ItemId.SSR_REASON_CDSP,
            data: 'cdsp_main.c:77: assertion of the fake firmware',
            size: 81,
          },
          {
            id: ItemId.SBL_MINIDUMP,
            data: minidump([
              { index: 1, regionCount: 12, regions: 0x8b700000 },
              { index: 2, regionCount: 9, regions: 0x86700000 },
            ]),
          },
          {
            id: ItemId.DDR_INFO,
            data: ddrInfo({
              manufacturer: 1,
              deviceType: DdrType.LPDDR5,
              frequenciesKHz: [200000, 547000, 768000, 1555200, 2092800, 2736000, 3196800],
              channels: 4,
              highestBankBit: 16,
              regions: dram,
            }),
          },
          { id: ItemId.SSR_REASON_WPSS, size: 81 },
          { id: ItemId.IMAGE_VERSION_TABLE_2, data: imageVersions2(versions) },
          { id: ItemId.VSENSE_DATA, size: 100, cached: true },
        ],
      },
      processor(Host.MODEM, 0x20000, 'IPCRTR'),
      processor(Host.ADSP, 0x18000, 'IPCRTR'),
      processor(Host.CDSP, 0x18000, 'fastrpcglink-apps-dsp'),
      processor(Host.WPSS, 0x10000, 'IPCRTR'),
      // The modem and the Wi-Fi processor coordinate their radios.
      {
        host0: Host.MODEM,
        host1: Host.WPSS,
        size: 0x4000,
        cacheline: 128,
        items: [{ id: ItemId.COEX_MDM_WCN, size: 0x200, cached: true }],
      },
    ],
  }),
}
