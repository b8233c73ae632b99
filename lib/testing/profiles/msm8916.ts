// SPDX-License-Identifier: MIT
// An MSM8916: version 11, global items in the table of contents, the channel to the power manager in message
// RAM. Addresses from the mainline device tree; contents are ours, in the shape that the firmware gives them.

import { ItemId } from '../../data/item-names.js'
import { words } from '../items/bytes.js'
import { imageVersions } from '../items/image-versions.js'
import { ramPartitions } from '../items/ram-partitions.js'
import {
  type SmdChannel,
  SmdEdge,
  SmdState,
  smdAllocationTable,
  smdChannelInfo,
  smdFifo,
  smdPacket,
} from '../items/smd.js'
import { smp2pItem } from '../items/smp2p.js'
import { SmsmBit, smsmInterruptMask, smsmSizeInfo, smsmState } from '../items/smsm.js'
import { socinfo } from '../items/socinfo.js'
import { fakeBoard, type Profile } from '../profile.js'

const carveOut = { base: 0x86300000, size: 0x100000 }
const messageRam = { base: 0x00060000, size: 0x8000 }

const channels = {
  rpm: { cid: 0, name: 'rpm_requests', edge: SmdEdge.APPS_RPM, transfer: 'packet' },
  modemRouter: { cid: 1, name: 'IPCRTR', edge: SmdEdge.APPS_MODEM, transfer: 'packet' },
  modemData: { cid: 2, name: 'DS', edge: SmdEdge.APPS_MODEM, transfer: 'stream' },
  wcnss: { cid: 3, name: 'WCNSS_CTRL', edge: SmdEdge.APPS_WCNSS, transfer: 'packet' },
} as const satisfies Record<string, SmdChannel>

const infoId = ({ cid }: SmdChannel) => ItemId.SMD_BASE_ID + cid
const fifoId = ({ cid }: SmdChannel) => ItemId.SMD_FIFO_BASE_ID + cid

const opened = { state: SmdState.OPENED, dsr: 1, cts: 1, cd: 1 }
const closed = { state: SmdState.CLOSED }
const nothing = new Uint8Array(0)

const modemPacket = smdPacket('hello from the router')
const smsmShape = { hosts: 5, entries: 8 }
const running = SmsmBit.INIT | SmsmBit.SMDINIT | SmsmBit.RPCINIT | SmsmBit.RUN | SmsmBit.PROC_AWAKE

export const msm8916: Profile = {
  name: 'msm8916',
  summary: 'MSM8916: version 11, message RAM',
  board: fakeBoard({
    model: 'MSM8916 MTP (fake)',
    compatible: ['qcom,msm8916-mtp', 'qcom,msm8916'],
    carveOut,
    auxiliary: [messageRam],
    tcsr: 0x01905000,
  }),
  describe: () => ({
    version: 11,
    ...carveOut,
    auxiliary: [messageRam],
    versions: { 4: 0x000b0000, 7: 0x000b0000, 8: 0x000b0000, 9: 0x000b0000 },
    fixedItems: true,
    global: [
      { id: ItemId.HW_RESET_DETECT, size: 8 },
      { id: ItemId.SPINLOCK_ARRAY, size: 32 },
      { id: ItemId.MEMORY_BARRIER_LOCATION, size: 4 },
      {
        id: ItemId.HW_SW_BUILD_ID,
        data: socinfo({
          format: 8,
          id: 206,
          version: '1.0',
          buildId: '8916A-FAAAANUZM-40003001',
          rawId: 0x70,
          rawVersion: 0,
          platform: 8,
          platformVersion: '1.0',
          pmicModel: 0x1000b,
          pmicDieRevision: '2.0',
        }),
      },
      {
        id: ItemId.IMAGE_VERSION_TABLE,
        data: imageVersions({
          boot: { name: 'BOOT.BF.3.0-00320', variant: 'HAAAANAZA', oem: 'fake-soc' },
          tz: { name: 'TZ.BF.3.0-00188', variant: 'MAWAANAAA', oem: 'fake-soc' },
          rpm: { name: 'RPM.BF.2.0-00057', variant: 'AAAAANAAR', oem: 'fake-soc' },
          appsbl: { name: 'lk2nd', variant: 'msm8916', oem: 'fake-soc' },
          apps: { name: '6.12.0', variant: 'arm64', oem: 'fake-soc' },
          mpss: { name: 'MPSS.DPM.2.0-00022', variant: 'M8936FAAAANUZM', oem: 'fake-soc' },
          cnss: { name: 'CNSS.PR.2.0-00180', variant: '8916FAAAAWPMD', oem: 'fake-soc' },
        }),
      },
      {
        id: ItemId.USABLE_RAM_PARTITION_TABLE,
        data: ramPartitions(1, [{ start: 0x80000000, length: 0x40000000 }]),
      },
      { id: ItemId.POWER_ON_STATUS_INFO, data: words([0x20]) },
      { id: ItemId.DAL_AREA, size: 0x1000 },
      { id: ItemId.SMEM_LOG_IDX, data: words([0]) },
      { id: ItemId.SMEM_LOG_EVENTS, size: 40000 },
      { id: ItemId.SMSM_SIZE_INFO, data: smsmSizeInfo(smsmShape) },
      {
        id: ItemId.SMSM_SHARED_STATE,
        data: smsmState([running, running, 0, SmsmBit.INIT | SmsmBit.RUN], smsmShape),
      },
      {
        id: ItemId.SMSM_CPU_INTR_MASK,
        data: smsmInterruptMask(
          [
            { entry: 0, host: 1, mask: SmsmBit.RUN },
            { entry: 1, host: 0, mask: SmsmBit.RUN | SmsmBit.PROC_AWAKE },
            { entry: 3, host: 0, mask: SmsmBit.RUN },
          ],
          smsmShape,
        ),
      },
      {
        id: ItemId.CHANNEL_ALLOC_TBL,
        data: smdAllocationTable(Object.values(channels)),
      },
      {
        id: infoId(channels.rpm),
        region: messageRam.base,
        data: smdChannelInfo('word', opened, opened),
      },
      {
        id: fifoId(channels.rpm),
        region: messageRam.base,
        data: smdFifo(0x400, nothing, nothing),
      },
      {
        id: infoId(channels.modemRouter),
        data: smdChannelInfo('byte', opened, { ...opened, head: modemPacket.length }),
      },
      { id: fifoId(channels.modemRouter), data: smdFifo(0x2000, nothing, modemPacket) },
      { id: infoId(channels.modemData), data: smdChannelInfo('byte', closed, closed) },
      { id: fifoId(channels.modemData), data: smdFifo(0x2000, nothing, nothing) },
      { id: infoId(channels.wcnss), data: smdChannelInfo('byte', opened, opened) },
      { id: fifoId(channels.wcnss), data: smdFifo(0x1000, nothing, nothing) },
      smp2pItem({ from: 0, to: 1, entries: { 'master-kernel': 0, smp2p: 0 } }),
      smp2pItem({ from: 1, to: 0, entries: { 'slave-kernel': 0x6 } }),
      smp2pItem({ from: 0, to: 4, entries: { 'master-kernel': 0 } }),
      smp2pItem({ from: 4, to: 0, entries: { 'slave-kernel': 0x7 } }),
      { id: ItemId.SSR_REASON_MSS0, size: 80 },
      {
        id: ItemId.SSR_REASON_WCNSS0,
        data: 'wlan_task.c:1204: assertion of the fake firmware',
        size: 80,
      },
    ],
  }),
}
