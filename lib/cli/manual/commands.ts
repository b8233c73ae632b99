// SPDX-License-Identifier: MIT
// What there is to say of each command beyond its row in the table: of this the help of a command is made, the manual
// page, and docs/cli.md. A backquoted word is one of the command line.

/** A command line, and what it is good for. All are run as docs/cli.md has them. */
export interface Example {
  readonly line: string
  readonly does: string
  /** Of its exit; 0 unless given. */
  readonly code?: number
}

export interface Manual {
  /** Paragraphs. */
  readonly about: readonly string[]
  readonly examples: readonly Example[]
}

export const manuals: Readonly<Record<string, Manual>> = {
  info: {
    about: [
      'Where SMEM is and how large, which version its heap has, how much is used, who has the mutex. Works on heaps, too, that no driver would open; what is wrong with them, `verify` says.',
    ],
    examples: [{ line: 'qcom-smem info', does: 'one page about this machine' }],
  },
  list: {
    about: [
      'One line for each item: first those that all processors see, by id, then the private partitions by their other processor. An item that cannot be read is listed with its error and hides no other; `list` exits with 0 all the same.',
    ],
    examples: [
      { line: 'qcom-smem list', does: 'every item' },
      { line: 'qcom-smem list --host modem', does: 'those in the partition of the modem' },
      { line: 'qcom-smem --source file:smem.elf list --json', does: 'of a dump, for a program' },
    ],
  },
  show: {
    about: [
      'Decoded where a decoder knows the item, else as a hexdump. Without `--host` the item is looked for where all processors see it; with it, too, where that processor shares no partition with us, as the kernel does.',
      'With `--hex` each line of the dump has the name and the value of its field. `--raw` writes nothing but the bytes; it goes with neither `--hex` nor `--json`.',
    ],
    examples: [
      { line: 'qcom-smem show hw_sw_build_id', does: 'which chip, decoded' },
      {
        line: 'qcom-smem show smp2p_modem_base --host modem --hex',
        does: 'each byte of what the modem tells, with its field',
      },
      {
        line: 'qcom-smem show err_crash_log --host modem --raw > crash.txt',
        does: 'the bytes, into a file',
      },
    ],
  },
  socinfo: {
    about: [
      'The same as `show HW_SW_BUILD_ID`: what the boot loader found out about the chip, the board and its power management.',
    ],
    examples: [{ line: 'qcom-smem socinfo', does: 'chip, revision, platform, serial number' }],
  },
  versions: {
    about: ['From the tables that the boot loader and each firmware image write into SMEM.'],
    examples: [{ line: 'qcom-smem versions', does: 'which build of which firmware runs' }],
  },
  partitions: {
    about: [
      'Partitions between two other processors are named from the table; their headers are read in dumps only.',
    ],
    examples: [{ line: 'qcom-smem partitions', does: 'who shares how much with whom' }],
  },
  verify: {
    about: [
      'Runs every check, and exits with 1 where one finds an error; warnings alone leave it at 0. `--explain` says what a finding means and opens no source.',
    ],
    examples: [
      { line: 'qcom-smem verify', does: 'is this heap sound?' },
      { line: 'qcom-smem verify --explain toc-overlap', does: 'what does that finding mean?' },
    ],
  },
  alloc: {
    about: [
      'An item can never be freed: it stays until the next boot. So first the plan is printed, word by word, and nothing is written. With `--write` the mutex is taken, the plan is carried out if no word that it rests on has changed meanwhile, and the item is read back.',
      'Without `--host` the item goes where all processors see it; with it, too, where that processor shares no partition with us, as in the kernel. `--cached` needs a partition.',
    ],
    examples: [
      { line: 'qcom-smem alloc 429 340 --host modem', does: 'what would be stored where' },
      { line: 'qcom-smem alloc 429 340 --host modem --write', does: 'do it' },
      { line: 'qcom-smem alloc 137 144 --existing', does: 'content with the one that is there' },
    ],
  },
  claim: {
    about: [
      'Keeps an item for one program among those that ask for it in the same way; the heap and the other processors do not notice. The claim ends with the command, or when this program is ended, however that happens. The exit code is that of the command.',
    ],
    examples: [
      {
        line: 'qcom-smem claim smp2p_apps_base --host modem -- sleep 1',
        does: 'nobody else gets it for a second',
      },
      { line: 'qcom-smem claim 421', does: 'until Ctrl-C' },
    ],
  },
  lock: {
    about: [
      '`lock` takes nothing and writes nothing: it tells who has the mutex, what a local program has announced, how long the mutex was held, and who has claimed an item.',
      '`lock release` finishes what a dead program of this machine began, and frees the mutex that it had. A mutex that others have is only freed with `--bust` or `--ours`. If its holder lives, two are in the heap then.',
    ],
    examples: [
      { line: 'qcom-smem lock', does: 'who has it?' },
      { line: 'qcom-smem lock release', does: 'clean up after a program that was killed' },
      { line: 'qcom-smem lock release --bust modem', does: 'the modem has crashed with it' },
    ],
  },
  snapshot: {
    about: [
      'An ELF core with all regions at their physical addresses, and a note with the board, the kernel and the time. What only other processors may touch is left out, and said. Every command reads it again with `--source file:`.',
    ],
    examples: [
      { line: 'qcom-smem snapshot -o before.elf', does: 'as it is now' },
      { line: 'qcom-smem snapshot -o after.elf.gz', does: 'the same, compressed' },
      { line: 'qcom-smem snapshot -o - | gzip > piped.elf.gz', does: 'through a pipe' },
    ],
  },
  report: {
    about: [
      'Every region drawn to scale, the items with their fields beside their bytes, versions, findings. One HTML file, which loads nothing from anywhere.',
    ],
    examples: [
      { line: 'qcom-smem report -o smem.html', does: 'to attach to a bug' },
      {
        line: 'qcom-smem --source file:before.elf report -o before.html',
        does: 'of what was saved earlier',
      },
    ],
  },
  serve: {
    about: [
      'The page follows the memory while somebody looks at it. It is only read. Who asks from another machine needs the token that is printed with the address, or that of `--token-file`. Ctrl-C ends it.',
    ],
    examples: [
      { line: 'qcom-smem serve', does: 'for a browser on this machine' },
      {
        line: 'qcom-smem serve --listen 0.0.0.0:8787 --metrics',
        does: 'for other machines, and for Prometheus',
      },
    ],
  },
  diff: {
    about: [
      'Items that came, went, moved or changed; where a decoder knows them, field by field. Each side is a source (`live`, `fake:sdm845`, `file:PATH`, `dir:PATH`) or just the path of a dump. Exits with 1 where anything differs, as diff does.',
    ],
    examples: [
      { line: 'qcom-smem diff before.elf after.elf.gz', does: 'nothing happened in between' },
      { line: 'qcom-smem diff fake:sdm845 fake:sc7280', does: 'two SoCs', code: 1 },
    ],
  },
  items: {
    about: [
      'From the public lists of items, with the names and meanings that differ between them. It opens no source.',
    ],
    examples: [
      { line: 'qcom-smem items', does: 'all that are known' },
      { line: 'qcom-smem items 97', does: 'one, with both of its meanings' },
    ],
  },
  boards: {
    about: ['From the device trees of Linux. It opens no source.'],
    examples: [
      { line: 'qcom-smem boards', does: 'all that are known' },
      { line: 'qcom-smem boards sdm845', does: 'one, in full' },
    ],
  },
  find: {
    about: [
      'Looks at every page of a dump, whatever is known of it, and tells each heap that it finds with its evidence: `certain`, `likely` or `possible`. Exits with 5 where there is none.',
    ],
    examples: [{ line: 'qcom-smem --source file:smem.elf find', does: 'where is it?' }],
  },
  watch: {
    about: [
      'A screen on a terminal, else one line for each change; with `--json` one object a line. First it tells what is there. Without an item it watches all of them. Ctrl-C ends it, with 0; with `--until` that is 1, as the condition was not met.',
    ],
    examples: [
      { line: 'qcom-smem watch', does: 'everything that changes' },
      { line: 'qcom-smem watch --count 1 --json', does: 'all fields as they are now' },
      {
        line: "qcom-smem watch smp2p_modem_base --until '435.entries[0].value != 0' --interval 10",
        does: 'wait for the modem',
      },
    ],
  },
  doctor: {
    about: [
      'Goes through all that live SMEM needs: root, `/dev/mem`, what the kernel allows, a device tree that names it, the native module, a heap that was set up. For each it says what it saw, and what to do. Exits with 1 where reading would fail.',
    ],
    examples: [{ line: 'qcom-smem doctor', does: 'before anything else on a new board', code: 1 }],
  },
  fake: {
    about: [
      'A whole SoC in memory, with the structures, the mutex and the rules of a real one, for several programs at once: what one allocates the others see. Its name for `--source` is printed on a line by itself. Any program of this user reaches it by that name while this one runs; Ctrl-C ends it with 0, and nothing is left behind.',
      'With a command behind `--` that one has the name in QCOM_SMEM_SOURCE, and its exit code is ours; the fake SoC ends with it. Programs that are to find the SoC without an option need no change.',
      'With `--from` its memory is a copy of that of a dump, in one file or a directory: an allocation can be tried before it is made on the board, or a program on what a board once had. The options that describe a dump work as elsewhere. Its mutex is free, whoever had it.',
    ],
    examples: [
      { line: 'qcom-smem fake', does: 'an SDM845, until Ctrl-C' },
      {
        line: "qcom-smem fake msm8916 -- sh -c 'qcom-smem alloc 300 64 --write; qcom-smem show 300'",
        does: 'two programs, one after the other, on the same memory',
      },
      {
        line: 'qcom-smem fake --from smem.elf -- qcom-smem alloc 300 64 --write',
        does: 'what would come of it, on a copy of what was saved',
      },
    ],
  },
}
