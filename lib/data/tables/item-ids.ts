// SPDX-License-Identifier: MIT
// Generated from items.json by scripts/tables.js: edit that, then run `npm run tables`.
// Source: the item lists of msm kernels (msm_smem.h of 3.4, include/soc/qcom/smem.h of 3.10 and
// 4.4), little-kernel (smem_type.h), TF-A (smem_type.h), EDK2 (SmemType.h), router U-Boot, and the
// Linux drivers that use an item.

/**
 * Item ids by their name without index: a run's name is its first id.
 * @example
 * ```ts
 * import { ItemId, itemName } from 'qcom-smem'
 *
 * console.log(ItemId.HW_SW_BUILD_ID, itemName(ItemId.SMP2P_MODEM_BASE + 2))
 * // 137 SMEM_SMP2P_MODEM_BASE+2
 * ```
 */
export const ItemId = {
  /**
   * Item 0: four command mailboxes of 16 bytes, between apps and modem. Source: msm kernels from
   * 3.4; reserved in little-kernel and TF-A.
   */
  PROC_COMM: 0,
  /**
   * Item 1: whether the heap is initialised, and how much of it is in use. Source: msm kernels from
   * 3.4, little-kernel, TF-A, EDK2.
   */
  HEAP_INFO: 1,
  /**
   * Item 2: the table of contents itself. Source: msm kernels from 3.4, little-kernel, TF-A, EDK2.
   */
  ALLOCATION_TABLE: 2,
  /**
   * Item 3: 32 version words: word 7, of the boot loader, is the version of the heap. Source: msm
   * kernels from 3.4, little-kernel, TF-A, EDK2.
   */
  VERSION_INFO: 3,
  /**
   * Item 4: two magic words; by its name, to detect a reset of the hardware. Source: msm kernels
   * from 3.4, little-kernel, TF-A, EDK2.
   */
  HW_RESET_DETECT: 4,
  /**
   * Item 5: by its name: where the apps processor goes on after a warm boot. Source: msm kernels
   * from 3.4; reserved in little-kernel and TF-A.
   */
  AARM_WARM_BOOT: 5,
  /**
   * Item 6: text of the last fatal error. Source: msm kernels from 3.4, little-kernel, TF-A, EDK2.
   */
  DIAG_ERR_MESSAGE: 6,
  /**
   * Item 7: eight locks in software, 32 bytes, of platforms without a hardware mutex. Source: msm
   * kernels from 3.4, little-kernel, TF-A, EDK2.
   */
  SPINLOCK_ARRAY: 7,
  /**
   * Item 8: one word that is written to order memory accesses; mainline lets it be allocated.
   * Source: msm kernels from 3.4, little-kernel, TF-A, EDK2.
   */
  MEMORY_BARRIER_LOCATION: 8,
  /**
   * Item 9: the partitions of the flash that the apps processor boots from. Source: msm kernels
   * from 3.4, little-kernel, TF-A, EDK2.
   */
  AARM_PARTITION_TABLE: 9,
  /**
   * Item 10: by its name: bad blocks of the flash of item 9. Source: msm kernels from 3.4,
   * little-kernel, TF-A, EDK2.
   */
  AARM_BAD_BLOCK_TABLE: 10,
  /** Item 11: by its name: crash log of the audio DSP. Source: msm kernels from 4.4, TF-A, EDK2. */
  ERR_CRASH_LOG_ADSP: 11,
  /** Item 12: by its name: what the boot loader knows of the board. Source: TF-A, EDK2. */
  BOOT_BOARD_INFO: 12,
  /**
   * Item 13: SMD channels by name: 64 records of 32 bytes. Source: msm kernels from 3.4,
   * little-kernel, TF-A, EDK2.
   */
  CHANNEL_ALLOC_TBL: 13,
  /**
   * Items 14 to 77: SMD channel n of item 13: its state, and the indices of its FIFOs. Source: msm
   * kernels from 3.4, little-kernel, TF-A, EDK2.
   */
  SMD_BASE_ID: 14,
  /**
   * Item 78: where the next event goes in item 79. Source: msm kernels from 3.4, little-kernel,
   * TF-A, EDK2.
   */
  SMEM_LOG_IDX: 78,
  /**
   * Item 79: ring of logged events, 20 bytes each. Source: msm kernels from 3.4, little-kernel,
   * TF-A, EDK2.
   */
  SMEM_LOG_EVENTS: 79,
  /**
   * Item 80: by its name: what the XBL loader hands on to the core boot loader. Source: msm kernels
   * from 4.4, TF-A, EDK2.
   */
  XBL_LOADER_CORE_INFO: 80,
  /**
   * Item 81: by its name: battery and charger, as the boot loader found them. Source: msm kernels
   * from 4.4, TF-A, EDK2.
   */
  CHARGER_BATTERY_INFO: 81,
  /**
   * Item 82: by its name: configuration of the wireless LAN. Source: msm kernels from 4.4, TF-A,
   * EDK2.
   */
  WLAN_CONFIG: 82,
  /** Item 83: no public description. Source: EDK2; reserved in TF-A. */
  ME_PLAYBACK: 83,
  /**
   * Item 84: by its name: buffer for LEDs. Source: msm kernels from 3.4; reserved in little-kernel
   * and TF-A.
   */
  BIO_LED_BUF: 84,
  /**
   * Item 85: state bits of each processor, one word an entry. Source: msm kernels from 3.4,
   * little-kernel, TF-A, EDK2.
   */
  SMSM_SHARED_STATE: 85,
  /**
   * Item 86: by its name: why processors were interrupted for a change of state. Source: msm
   * kernels from 3.4; reserved in little-kernel and TF-A.
   */
  SMSM_INT_INFO: 86,
  /**
   * Item 87: by its name: how long a processor may sleep. Source: msm kernels from 3.4; reserved in
   * little-kernel and TF-A.
   */
  SMSM_SLEEP_DELAY: 87,
  /**
   * Item 88: by its name: an upper bound of item 87. Source: msm kernels from 3.4; reserved in
   * little-kernel and TF-A.
   */
  SMSM_LIMIT_SLEEP: 88,
  /**
   * Item 89: by its name: whether the apps processor must not lose power. Source: msm kernels from
   * 3.4; reserved in little-kernel and TF-A.
   */
  SLEEP_POWER_COLLAPSE_DISABLED: 89,
  /**
   * Item 90: by its name: keys of a keypad that are held. Source: msm kernels from 3.4; reserved in
   * little-kernel and TF-A.
   */
  KEYPAD_KEYS_PRESSED: 90,
  /**
   * Item 91: by its name: whether item 90 changed. Source: msm kernels from 3.4; reserved in
   * little-kernel and TF-A.
   */
  KEYPAD_STATE_UPDATED: 91,
  /**
   * Item 92: by its name: which copy of the keypad state is the current one. Source: msm kernels
   * from 3.4; reserved in little-kernel and TF-A.
   */
  KEYPAD_STATE_IDX: 92,
  /**
   * Item 93: by its name: interrupts of GPIOs that a sleeping processor has to be told of. Source:
   * msm kernels from 3.4; reserved in little-kernel and TF-A.
   */
  GPIO_INT: 93,
  /**
   * Items 94 to 101: SMP2P entries that host 5 (CDSP) writes and host n reads. Source: msm kernels
   * from 4.4, TF-A, EDK2.
   */
  SMP2P_CDSP_BASE: 94,
  /**
   * Item 102: by its name: profiles of SMD. Source: msm kernels from 3.4; reserved in little-kernel
   * and TF-A.
   */
  SMD_PROFILES: 102,
  /**
   * Item 103: by its name: whether the touch screen controller is in use. Source: msm kernels from
   * 3.4; reserved in little-kernel and TF-A.
   */
  TSSC_BUSY: 103,
  /**
   * Item 104: by its name: what wakes a suspended system and what does not. Source: msm kernels
   * from 3.4; reserved in little-kernel and TF-A.
   */
  HS_SUSPEND_FILTER_INFO: 104,
  /**
   * Item 105: by its name: battery, as the modem sees it. Source: msm kernels from 3.4; reserved in
   * little-kernel and TF-A.
   */
  BATT_INFO: 105,
  /**
   * Item 106: by its name: why and how the apps processor was booted. Source: msm kernels from 3.4;
   * reserved in little-kernel and TF-A.
   */
  APPS_BOOT_MODE: 106,
  /**
   * Item 107: 32 version words of SMD, one a processor. Source: msm kernels from 3.4,
   * little-kernel, TF-A, EDK2.
   */
  VERSION_SMD: 107,
  /** Item 108: 32 version words of the SMD bridge. Source: little-kernel, TF-A, EDK2. */
  VERSION_SMD_BRIDGE: 108,
  /** Item 109: 32 version words of SMSM. Source: little-kernel, TF-A, EDK2. */
  VERSION_SMSM: 109,
  /** Item 110: 32 version words of the SMD loopback test. Source: little-kernel, TF-A, EDK2. */
  VERSION_SMD_NWAY_LOOP: 110,
  /**
   * Item 131: 32 version words; the last id of the range for protocols. Source: msm kernels from
   * 3.4, little-kernel, TF-A, EDK2.
   */
  VERSION_LAST: 131,
  /**
   * Item 132: by its name: buffer for radio resource control messages (ASN.1). Source: msm kernels
   * from 3.4; reserved in little-kernel and TF-A.
   */
  OSS_RRCASN1_BUF1: 132,
  /**
   * Item 133: by its name: a second such buffer. Source: msm kernels from 3.4; reserved in
   * little-kernel and TF-A.
   */
  OSS_RRCASN1_BUF2: 133,
  /**
   * Item 134: whatever the maker of the device puts there. Source: msm kernels from 3.4,
   * little-kernel, TF-A, EDK2.
   */
  ID_VENDOR0: 134,
  /**
   * Item 135: whatever the maker of the device puts there. Source: msm kernels from 3.4,
   * little-kernel, TF-A, EDK2.
   */
  ID_VENDOR1: 135,
  /**
   * Item 136: whatever the maker of the device puts there. Source: msm kernels from 3.4,
   * little-kernel, TF-A, EDK2.
   */
  ID_VENDOR2: 136,
  /**
   * Item 137: socinfo: which chip, board and power management this is. Source: msm kernels from
   * 3.4, little-kernel, TF-A, EDK2.
   */
  HW_SW_BUILD_ID: 137,
  /**
   * Items 138 to 201: SMD channel n of item 266: its state, and the indices of its FIFOs. Source:
   * msm kernels from 3.10, Linux drivers/rpmsg/qcom_smd.c; block ports, reserved, in firmware
   * lists.
   */
  SMD_BASE_ID_2: 138,
  /**
   * Items 202 to 265: SMD channel n of item 266: its two FIFOs. Source: msm kernels from 3.10,
   * Linux drivers/rpmsg/qcom_smd.c; block ports, reserved, in firmware lists.
   */
  SMD_FIFO_BASE_ID_2: 202,
  /**
   * Item 266: more SMD channels by name: 64 records of 32 bytes. Source: msm kernels from 3.10,
   * Linux drivers/rpmsg/qcom_smd.c; block ports, reserved, in firmware lists.
   */
  CHANNEL_ALLOC_TBL_2: 266,
  /**
   * Item 330: by its name: who has an I2C bus that processors share. Source: msm kernels from 3.4,
   * little-kernel, TF-A, EDK2.
   */
  I2C_MUTEX: 330,
  /**
   * Item 331: by its name: how slow clock ticks convert to time. Source: msm kernels from 3.4,
   * little-kernel, TF-A, EDK2.
   */
  SCLK_CONVERSION: 331,
  /**
   * Item 332: by its name: which of SMD and SMSM an interrupt between processors is meant for.
   * Source: msm kernels from 3.4; reserved in little-kernel and TF-A.
   */
  SMD_SMSM_INTR_MUX: 332,
  /**
   * Item 333: which SMSM state bits each processor wants to hear of. Source: msm kernels from 3.4,
   * little-kernel, TF-A, EDK2.
   */
  SMSM_CPU_INTR_MASK: 333,
  /**
   * Item 334: by its name: what the apps processor asks of the sleep coordinator. Source: msm
   * kernels from 3.4; reserved in little-kernel and TF-A.
   */
  APPS_DEM_SLAVE_DATA: 334,
  /**
   * Item 335: by its name: what the DSP asks of the sleep coordinator. Source: msm kernels from
   * 3.4; reserved in little-kernel and TF-A.
   */
  QDSP6_DEM_SLAVE_DATA: 335,
  /**
   * Item 336: by its name: calibration of the voltage sensors. Source: msm kernels from 3.10, TF-A,
   * EDK2.
   */
  VSENSE_DATA: 336,
  /**
   * Item 337: by its name: clock sources and who needs them. Source: msm kernels from 3.4; reserved
   * in little-kernel and TF-A.
   */
  CLKREGIM_SOURCES: 337,
  /**
   * Items 338 to 401: SMD channel n of item 13: its two FIFOs. Source: msm kernels from 3.4,
   * little-kernel, TF-A, EDK2.
   */
  SMD_FIFO_BASE_ID: 338,
  /**
   * Item 402: the RAM banks that the boot loader found and what they are for. Source: msm kernels
   * from 3.4, little-kernel, TF-A, EDK2.
   */
  USABLE_RAM_PARTITION_TABLE: 402,
  /**
   * Item 403: one word: what turned the device on. Source: msm kernels from 3.4, little-kernel,
   * TF-A, EDK2.
   */
  POWER_ON_STATUS_INFO: 403,
  /**
   * Item 404: memory of the device abstraction layer, in chunks with remote locks. Source: msm
   * kernels from 3.4, little-kernel, TF-A, EDK2.
   */
  DAL_AREA: 404,
  /**
   * Item 405: where the next event goes in item 407. Source: msm kernels from 3.4, little-kernel,
   * TF-A, EDK2.
   */
  SMEM_LOG_POWER_IDX: 405,
  /**
   * Item 406: whether the ring of item 407 has gone round. Source: msm kernels from 3.4,
   * little-kernel, TF-A, EDK2.
   */
  SMEM_LOG_POWER_WRAP: 406,
  /**
   * Item 407: ring of logged events of power management, 20 bytes each. Source: msm kernels from
   * 3.4, little-kernel, TF-A, EDK2.
   */
  SMEM_LOG_POWER_EVENTS: 407,
  /**
   * Item 408: by its name: crash log of the modem. Source: msm kernels from 3.4, little-kernel,
   * TF-A, EDK2.
   */
  ERR_CRASH_LOG: 408,
  /**
   * Item 409: by its name: last debug messages (F3) before a crash of the modem. Source: msm
   * kernels from 3.4, little-kernel, TF-A, EDK2.
   */
  ERR_F3_TRACE_LOG: 409,
  /**
   * Item 410: by its name: channels of the SMD bridge. Source: msm kernels from 3.4, little-kernel,
   * TF-A, EDK2.
   */
  SMD_BRIDGE_ALLOC_TABLE: 410,
  /**
   * Item 411: by its name: features of SMD that each processor has. Source: little-kernel, TF-A,
   * EDK2.
   */
  SMD_FEATURE_SET: 411,
  /**
   * Item 412: by its name: how far an upgrade from an SD card went. Source: msm kernels from 3.4;
   * reserved in little-kernel and TF-A.
   */
  SD_IMG_UPGRADE_STATUS: 412,
  /**
   * Item 413: by its name: where the secure file system is. Source: msm kernels from 3.4,
   * little-kernel, TF-A, EDK2.
   */
  SEFS_INFO: 413,
  /**
   * Item 414: by its name: log of resets. Source: msm kernels from 3.4; reserved in little-kernel
   * and TF-A.
   */
  RESET_LOG: 414,
  /**
   * Item 415: by its name: symbols for the log of resets. Source: msm kernels from 3.4; reserved in
   * little-kernel and TF-A.
   */
  RESET_LOG_SYMBOLS: 415,
  /**
   * Item 416: by its name: build of the modem firmware, as text. Source: msm kernels from 3.4,
   * little-kernel, TF-A, EDK2.
   */
  MODEM_SW_BUILD_ID: 416,
  /**
   * Item 417: by its name: whether the ring of item 79 has gone round. Source: msm kernels from
   * 3.4, little-kernel, TF-A, EDK2.
   */
  SMEM_LOG_MPROC_WRAP: 417,
  /**
   * Item 418: what the boot loader tells the apps processor; may hold key material. Source: msm
   * kernels from 3.4; reserved in little-kernel and TF-A.
   */
  BOOT_INFO_FOR_APPS: 418,
  /**
   * Item 419: how many entries and hosts SMSM has. Source: msm kernels from 3.4, little-kernel,
   * TF-A, EDK2.
   */
  SMSM_SIZE_INFO: 419,
  /**
   * Item 420: by its name: processors that take part in the SMD loopback test. Source: msm kernels
   * from 3.4, little-kernel, TF-A, EDK2.
   */
  SMD_LOOPBACK_REGISTER: 420,
  /**
   * Item 421: why the modem crashed, as text. Source: msm kernels from 3.4, little-kernel, TF-A,
   * EDK2.
   */
  SSR_REASON_MSS0: 421,
  /**
   * Item 422: why the wireless subsystem crashed, as text. Source: msm kernels from 3.4,
   * little-kernel, TF-A, EDK2.
   */
  SSR_REASON_WCNSS0: 422,
  /**
   * Item 423: why the audio DSP crashed, as text. Source: msm kernels from 3.4, little-kernel,
   * TF-A, EDK2.
   */
  SSR_REASON_LPASS0: 423,
  /**
   * Item 424: why the sensor processor crashed, as text. Source: msm kernels from 3.4,
   * little-kernel, TF-A, EDK2.
   */
  SSR_REASON_DSPS0: 424,
  /**
   * Item 425: why the video processor crashed, as text. Source: msm kernels from 3.4,
   * little-kernel, TF-A, EDK2.
   */
  SSR_REASON_VCODEC0: 425,
  /**
   * Item 426: by its name: voice data between the modem and the audio DSP. Source: little-kernel,
   * TF-A, EDK2.
   */
  VOICE: 426,
  /**
   * Items 427 to 434: SMP2P entries that host 0 (apps) writes and host n reads. Source: msm kernels
   * from 3.4, little-kernel, TF-A, EDK2.
   */
  SMP2P_APPS_BASE: 427,
  /**
   * Items 435 to 442: SMP2P entries that host 1 (modem) writes and host n reads. Source: msm
   * kernels from 3.4, little-kernel, TF-A, EDK2.
   */
  SMP2P_MODEM_BASE: 435,
  /**
   * Items 443 to 450: SMP2P entries that host 2 (ADSP) writes and host n reads. Source: msm kernels
   * from 3.4, little-kernel, TF-A, EDK2.
   */
  SMP2P_ADSP_BASE: 443,
  /**
   * Items 451 to 458: SMP2P entries that host 4 (WCN) writes and host n reads. Source: msm kernels
   * from 3.4, little-kernel, TF-A, EDK2.
   */
  SMP2P_WCN_BASE: 451,
  /**
   * Items 459 to 466: SMP2P entries that host 6 (RPM) writes and host n reads. Source: msm kernels
   * from 3.4, little-kernel, TF-A, EDK2.
   */
  SMP2P_RPM_BASE: 459,
  /**
   * Item 467: by its name: which flash device is there. Source: msm kernels from 3.4,
   * little-kernel, TF-A, EDK2.
   */
  FLASH_DEVICE_INFO: 467,
  /**
   * Item 468: by its name: memory of the DMA pipes (BAM) between apps and modem. Source: msm
   * kernels from 3.4, little-kernel, TF-A, EDK2.
   */
  BAM_PIPE_MEMORY: 468,
  /**
   * Item 469: versions of firmware images 0 to 31. Source: msm kernels from 3.4, little-kernel,
   * TF-A, EDK2.
   */
  IMAGE_VERSION_TABLE: 469,
  /**
   * Item 470: by its name: mailbox of a software debugger. Source: msm kernels from 3.4,
   * little-kernel, TF-A, EDK2.
   */
  LC_DEBUGGER: 470,
  /**
   * Item 471: by its name: geometry of the NAND flash. Source: msm kernels from 3.4, little-kernel,
   * TF-A, EDK2.
   */
  FLASH_NAND_DEV_INFO: 471,
  /**
   * Item 472: by its name: descriptors of the DMA pipes of the modem data path (A2). Source: msm
   * kernels from 3.10, little-kernel, TF-A, EDK2.
   */
  A2_BAM_DESCRIPTOR_FIFO: 472,
  /**
   * Item 473: by its name: configuration of core power reduction. Source: msm kernels from 3.10,
   * little-kernel, TF-A, EDK2.
   */
  CPR_CONFIG: 473,
  /**
   * Item 474: by its name: clock settings that the boot loader hands to the power manager. Source:
   * msm kernels from 3.10, little-kernel, TF-A, EDK2.
   */
  CLOCK_INFO: 474,
  /**
   * Item 475: by its name: descriptors of an interconnect between processors. Source: msm kernels
   * from 3.10, little-kernel, TF-A, EDK2.
   */
  IPC_INFO: 475,
  /**
   * Item 476: by its name: a copy of the radio's EEPROM. Source: msm kernels from 3.10,
   * little-kernel, TF-A, EDK2.
   */
  RF_EEPROM_DATA: 476,
  /**
   * Item 477: by its name: coexistence of the modem and the wireless subsystem on the air. Source:
   * msm kernels from 3.10, little-kernel, TF-A, EDK2.
   */
  COEX_MDM_WCN: 477,
  /**
   * Item 478: indices of the two GLINK FIFOs of an edge. Source: msm kernels from 3.10,
   * little-kernel, TF-A, EDK2.
   */
  GLINK_NATIVE_XPRT_DESCRIPTOR: 478,
  /**
   * Item 479: GLINK FIFO from apps to the remote host. Source: msm kernels from 3.10,
   * little-kernel, TF-A, EDK2.
   */
  GLINK_NATIVE_XPRT_FIFO_0: 479,
  /**
   * Item 480: GLINK FIFO from the remote host to apps. Source: msm kernels from 3.10,
   * little-kernel, TF-A, EDK2.
   */
  GLINK_NATIVE_XPRT_FIFO_1: 480,
  /**
   * Items 481 to 488: SMP2P entries that host 3 (SSC) writes and host n reads. Source: msm kernels
   * from 3.10, TF-A, EDK2.
   */
  SMP2P_SSC_BASE: 481,
  /**
   * Items 489 to 496: SMP2P entries that host 7 (TZ) writes and host n reads. Source: msm kernels
   * from 4.4, TF-A, EDK2.
   */
  SMP2P_TZ_BASE: 489,
  /**
   * Item 497: filter tables of the IP accelerator; Linux's IPA driver uses the item. Source: msm
   * kernels from 4.4, TF-A, EDK2.
   */
  IPA_FILTER_TABLE: 497,
  /**
   * Item 498: what the router booted from: NOR, NAND, eMMC, .... Source: router U-Boot for IPQ807x,
   * IPQ60xx, IPQ50xx, IPQ53xx and IPQ95xx.
   */
  BOOT_FLASH_TYPE: 498,
  /**
   * Item 499: which of the flash devices it booted from. Source: router U-Boot for IPQ807x,
   * IPQ60xx, IPQ50xx, IPQ53xx and IPQ95xx.
   */
  BOOT_FLASH_INDEX: 499,
  /**
   * Item 500: chip select of that flash. Source: router U-Boot for IPQ807x, IPQ60xx, IPQ50xx,
   * IPQ53xx and IPQ95xx.
   */
  BOOT_FLASH_CHIP_SELECT: 500,
  /**
   * Item 501: size of its erase blocks. Source: router U-Boot for IPQ807x, IPQ60xx, IPQ50xx,
   * IPQ53xx and IPQ95xx.
   */
  BOOT_FLASH_BLOCK_SIZE: 501,
  /**
   * Item 502: its size. Source: router U-Boot for IPQ807x, IPQ60xx, IPQ50xx, IPQ53xx and IPQ95xx.
   */
  BOOT_FLASH_DENSITY: 502,
  /**
   * Item 503: which copy of each duplicated partition is in use. Source: router U-Boot for IPQ807x,
   * IPQ60xx, IPQ50xx, IPQ53xx and IPQ95xx.
   */
  BOOT_DUALPARTINFO: 503,
  /**
   * Item 504: where the partition table is in the flash. Source: router U-Boot for IPQ807x,
   * IPQ60xx, IPQ50xx, IPQ53xx and IPQ95xx.
   */
  PARTITION_TABLE_OFFSET: 504,
  /**
   * Item 505: by its name: address bytes of the SPI flash. Source: router U-Boot for IPQ807x,
   * IPQ60xx, IPQ50xx, IPQ53xx and IPQ95xx.
   */
  SPI_FLASH_ADDR_LEN: 505,
  /** Item 506: unknown; router boot loaders skip it. Source: no public list. */
  UNNAMED_506: 506,
  /**
   * Item 507: by its name: whether a new image is being tried. Source: router U-Boot for IPQ807x,
   * IPQ60xx, IPQ50xx, IPQ53xx and IPQ95xx.
   */
  RUNTIME_FAILSAFE_INFO: 507,
  /** Item 508: unknown; router boot loaders skip it. Source: no public list. */
  UNNAMED_508: 508,
  /**
   * Item 509: by its name: whether the secure world is TF-A. Source: router U-Boot for IPQ807x,
   * IPQ60xx, IPQ50xx, IPQ53xx and IPQ95xx.
   */
  ATF_ENABLE: 509,
  /**
   * Item 510: by its name: whether to go to the emergency download mode. Source: router U-Boot for
   * IPQ807x, IPQ60xx, IPQ50xx, IPQ53xx and IPQ95xx.
   */
  EDL_MODE: 510,
  /** Item 511: unknown; the last id of a version-11 heap. Source: no public list. */
  UNNAMED_511: 511,
  /**
   * Item 601: why the compute DSP crashed, as text. Source: Linux
   * drivers/remoteproc/qcom_q6v5_pas.c.
   */
  SSR_REASON_CDSP: 601,
  /**
   * Item 602: which regions of each subsystem a minidump has. Source: Linux
   * drivers/remoteproc/qcom_common.c.
   */
  SBL_MINIDUMP: 602,
  /**
   * Item 603: the DRAM: maker, kind, frequencies, ranks. Source: Linux
   * drivers/soc/qcom/smem_dramc.c.
   */
  DDR_INFO: 603,
  /**
   * Item 616: SMP2P entries from apps on newer edges, one item in each private partition. Source:
   * Linux device trees, property qcom,smem of qcom,smp2p nodes.
   */
  SMP2P_GENERIC_OUT: 616,
  /**
   * Item 617: SMP2P entries to apps on newer edges, one item in each private partition. Source:
   * Linux device trees, property qcom,smem of qcom,smp2p nodes.
   */
  SMP2P_GENERIC_IN: 617,
  /**
   * Item 626: why the wireless subsystem (WPSS) crashed, as text. Source: Linux drivers/remoteproc.
   */
  SSR_REASON_WPSS: 626,
  /**
   * Item 656: why the SoC control processor crashed, as text. Source: patches posted for Linux
   * drivers/remoteproc.
   */
  SSR_REASON_SOCCP: 656,
  /** Item 667: versions of firmware images 32 to 63. Source: Linux drivers/soc/qcom/socinfo.c. */
  IMAGE_VERSION_TABLE_2: 667,
} as const
