// SPDX-License-Identifier: MIT
// Device trees of real boards, cut down to what SMEM needs; every number is from the mainline
// device trees (Linux v7.1, arch/arm/boot/dts/qcom and arch/arm64/boot/dts/qcom).

import type { TreeText } from './tree-writer.js'

const LOCK_PHANDLE = 0x2a
const lock3 = [LOCK_PHANDLE, 3]

export const sdm845: TreeText = {
  '#address-cells': 2,
  '#size-cells': 2,
  model: 'Thundercomm Dragonboard 845c',
  compatible: ['thundercomm,db845c', 'qcom,sdm845'],
  'reserved-memory': {
    '#address-cells': 2,
    '#size-cells': 2,
    ranges: true,
    'smem@86000000': {
      compatible: 'qcom,smem',
      reg: [0, 0x86000000, 0, 0x200000],
      'no-map': true,
      hwlocks: lock3,
    },
  },
  'soc@0': {
    '#address-cells': 2,
    '#size-cells': 2,
    ranges: [0, 0, 0, 0, 0x10, 0],
    'hwlock@1f40000': {
      compatible: 'qcom,tcsr-mutex',
      reg: [0, 0x01f40000, 0, 0x20000],
      '#hwlock-cells': 1,
      phandle: LOCK_PHANDLE,
    },
  },
}

export const msm8974: TreeText = {
  '#address-cells': 1,
  '#size-cells': 1,
  model: 'LGE MSM 8974 HAMMERHEAD',
  compatible: ['lge,hammerhead', 'qcom,msm8974'],
  smem: {
    compatible: 'qcom,smem',
    'memory-region': 0x1a,
    'qcom,rpm-msg-ram': 0x1b,
    hwlocks: lock3,
  },
  'reserved-memory': {
    '#address-cells': 1,
    '#size-cells': 1,
    ranges: true,
    'smem@fa00000': { reg: [0x0fa00000, 0x200000], 'no-map': true, phandle: 0x1a },
  },
  soc: {
    '#address-cells': 1,
    '#size-cells': 1,
    ranges: true,
    'sram@fc428000': {
      compatible: 'qcom,rpm-msg-ram',
      reg: [0xfc428000, 0x4000],
      phandle: 0x1b,
    },
    'hwlock@fd484000': {
      compatible: ['qcom,msm8974-tcsr-mutex', 'qcom,tcsr-mutex', 'syscon'],
      reg: [0xfd484000, 0x2000],
      '#hwlock-cells': 1,
      phandle: LOCK_PHANDLE,
    },
  },
}

export const msm8916: TreeText = {
  '#address-cells': 2,
  '#size-cells': 2,
  model: 'Qualcomm Technologies, Inc. APQ 8016 SBC',
  compatible: ['qcom,apq8016-sbc', 'qcom,apq8016'],
  'reserved-memory': {
    '#address-cells': 2,
    '#size-cells': 2,
    ranges: true,
    'smem@86300000': {
      compatible: 'qcom,smem',
      reg: [0, 0x86300000, 0, 0x100000],
      'no-map': true,
      'qcom,rpm-msg-ram': 0x1b,
      hwlocks: lock3,
    },
  },
  'soc@0': {
    '#address-cells': 1,
    '#size-cells': 1,
    ranges: [0, 0, 0, 0xffffffff],
    'sram@60000': { compatible: 'qcom,rpm-msg-ram', reg: [0x60000, 0x8000], phandle: 0x1b },
    'hwlock@1905000': {
      compatible: 'qcom,tcsr-mutex',
      reg: [0x01905000, 0x20000],
      '#hwlock-cells': 1,
      phandle: LOCK_PHANDLE,
    },
  },
}

export const ipq8064: TreeText = {
  '#address-cells': 1,
  '#size-cells': 1,
  model: 'Qualcomm Technologies, Inc. IPQ8064/AP-148',
  compatible: ['qcom,ipq8064-ap148', 'qcom,ipq8064'],
  'reserved-memory': {
    '#address-cells': 1,
    '#size-cells': 1,
    ranges: true,
    'smem@41000000': {
      compatible: 'qcom,smem',
      reg: [0x41000000, 0x200000],
      'no-map': true,
      hwlocks: lock3,
    },
  },
  soc: {
    '#address-cells': 1,
    '#size-cells': 1,
    ranges: true,
    'hwlock@1200600': {
      compatible: 'qcom,sfpb-mutex',
      reg: [0x01200600, 0x100],
      '#hwlock-cells': 1,
      phandle: LOCK_PHANDLE,
    },
  },
}

export const x1e80100: TreeText = {
  ...sdm845,
  model: 'Lenovo Yoga Slim 7x',
  compatible: ['lenovo,yoga-slim7x', 'qcom,x1e80100'],
  'reserved-memory': {
    '#address-cells': 2,
    '#size-cells': 2,
    ranges: true,
    'smem@ffe00000': {
      compatible: 'qcom,smem',
      reg: [0, 0xffe00000, 0, 0x200000],
      'no-map': true,
      hwlocks: lock3,
    },
  },
}

/** As vendor kernels for MSM8909 have it: everything on the device itself, and a lock nothing points to. */
export const vendorMsm8909: TreeText = {
  '#address-cells': 1,
  '#size-cells': 1,
  model: 'Qualcomm Technologies, Inc. MSM 8909 QRD SKUE',
  compatible: ['qcom,msm8909-qrd', 'qcom,msm8909'],
  'reserved-memory': {
    '#address-cells': 1,
    '#size-cells': 1,
    ranges: true,
    'external_image__region@0': { reg: [0x87b00000, 0x500000], 'no-map': true },
  },
  soc: {
    '#address-cells': 1,
    '#size-cells': 1,
    ranges: [0, 0, 0xffffffff],
    'qcom,smem@87d00000': {
      compatible: 'qcom,smem',
      reg: [0x60000, 0x8000, 0x0193d000, 0x8, 0x87d00000, 0x100000, 0x70000, 0x1000],
      'reg-names': ['aux-mem1', 'smem_targ_info_reg', 'smem', 'aux-mem2'],
    },
    'qcom,ipc-spinlock@1905000': {
      compatible: 'qcom,ipc-spinlock-sfpb',
      reg: [0x01905000, 0x8000],
      'qcom,num-locks': 8,
    },
  },
}
