// SPDX-License-Identifier: MIT
// What the running kernel says of the chip: the attributes of its SoC device, and what its socinfo driver shows in
// debugfs. It has both from the same items of SMEM as we. Source: Linux drivers/base/soc.c, drivers/soc/qcom/socinfo.c.

import type { MachineFiles } from './files.js'

export const SOC0 = '/sys/devices/soc0'
/** For root, and only where debugfs is mounted. */
export const QCOM_SOCINFO = '/sys/kernel/debug/qcom_socinfo'

/** The version of one firmware image; what its record leaves empty is empty here. */
export interface KernelImage {
  readonly name?: string
  readonly variant?: string
  readonly oem?: string
}

/** Every fact is a text as the kernel writes it, and may be missing. */
export interface Soc0 {
  /** By the name of the file in /sys/devices/soc0: `machine`, `soc_id`, ... */
  readonly attributes: Readonly<Record<string, string>>
  /** By the name of the file in debugfs: `build_id`, `pmic_model`, ... */
  readonly debug: Readonly<Record<string, string>>
  /** By the kernel's name of the image: `boot`, `tz`, ... */
  readonly images: Readonly<Record<string, KernelImage>>
}

const IMAGE_FILES = ['name', 'variant', 'oem'] as const

export interface Soc0Options {
  /**
   * Read the versions of the images too. Only where item 469 was there before the driver was: it does not look
   * whether it got the item, and reading these files makes the kernel follow a pointer that is none.
   */
  readonly images: boolean
}

/** Reads whatever there is; nothing of it has to be. */
export function readSoc0(files: MachineFiles, options: Soc0Options): Soc0 {
  const names = files.names(QCOM_SOCINFO)
  const images: Record<string, KernelImage> = {}
  for (const folder of options.images ? names : []) {
    const image = textsIn(files, `${QCOM_SOCINFO}/${folder}`, IMAGE_FILES)
    if (Object.keys(image).length > 0) images[folder] = image
  }
  return {
    attributes: textsIn(files, SOC0, files.names(SOC0)),
    debug: textsIn(files, QCOM_SOCINFO, names),
    images,
  }
}

/** The files among `names` that can be read, without the newline at their end. */
function textsIn(
  files: MachineFiles,
  folder: string,
  names: readonly string[],
): Record<string, string> {
  const texts: Record<string, string> = {}
  for (const name of names) {
    const { bytes } = files.read(`${folder}/${name}`)
    if (bytes !== null) texts[name] = bytes.toString('latin1').replace(/\n$/, '')
  }
  return texts
}
