// SPDX-License-Identifier: MIT
// The commands, in the order in which help shows them. What one does is loaded when it is asked for: a start that
// only lists need not compile the others.

import type { Command } from './command.js'
import { lockFileOption, policyOptions } from './policy.js'

export const commands: readonly Command[] = [
  {
    usage: 'info',
    summary: 'source, version, free space, regions, partitions, mutex owner',
    load: () => import('./commands/info.js'),
  },
  {
    usage: 'list',
    alias: 'ls',
    summary: 'every item of every heap',
    options: [
      { flags: '--host <host>', summary: 'only the items of the private partition of this host' },
    ],
    load: () => import('./commands/list.js'),
  },
  {
    usage: 'show <item>',
    summary: 'one item: decoded, or its bytes',
    options: [
      { flags: '--host <host>', summary: 'in the private partition of this host' },
      { flags: '--hex', summary: 'as a hexdump with the name of each field' },
      { flags: '--raw', summary: 'the bytes themselves, for a file or another program' },
    ],
    load: () => import('./commands/show.js'),
  },
  {
    usage: 'socinfo',
    summary: 'what chip this is: short for show HW_SW_BUILD_ID',
    options: [{ flags: '--hex', summary: 'as a hexdump with the name of each field' }],
    load: () => import('./commands/socinfo.js'),
  },
  {
    usage: 'versions',
    summary: 'the build of each firmware image, the version of each protocol',
    load: () => import('./commands/versions.js'),
  },
  {
    usage: 'partitions',
    summary: 'the partition table',
    load: () => import('./commands/partitions.js'),
  },
  {
    usage: 'verify',
    summary: 'what is wrong with the heap, also with one that no driver would open',
    options: [{ flags: '--explain <check>', summary: 'what a finding of this check means' }],
    load: () => import('./commands/verify.js'),
  },
  {
    usage: 'alloc <item> <size>',
    summary: 'allocate an item: prints the plan; --write carries it out',
    options: [
      { flags: '--host <host>', summary: 'in the private partition of this host' },
      { flags: '--cached', summary: 'on the cached side of a partition' },
      { flags: '--zero', summary: 'with all bytes zero before others can see it' },
      { flags: '--force', summary: 'even where `verify` finds errors; also item 8, also size 0' },
      { flags: '--existing', summary: 'no error where the item is there already, with this size' },
      { flags: '--write', summary: 'carry the plan out; an item can never be freed' },
      ...policyOptions,
    ],
    load: () => import('./commands/alloc.js'),
  },
  {
    usage: 'claim <item> [command...]',
    summary: 'be the one user of an item while a command runs: claim ITEM -- COMMAND...',
    options: [
      { flags: '--host <host>', summary: 'in the private partition of this host' },
      lockFileOption,
    ],
    load: () => import('./commands/claim.js'),
  },
  {
    usage: 'lock [action]',
    summary: 'who has the mutex; `lock release` sees to what a dead program left',
    options: [
      {
        flags: '--discard',
        summary: 'release: drop what a dead program announced, where that is damaged',
      },
      {
        flags: '--bust <host>',
        summary: 'release: the mutex of this processor, which you know to be dead',
      },
      {
        flags: '--ours',
        summary: 'release: the mutex with our id, though no program announced that it took it',
      },
      ...policyOptions,
    ],
    load: () => import('./commands/lock.js'),
  },
  {
    usage: 'snapshot',
    summary: 'all of SMEM into a file that this program, gdb and drgn open: snapshot -o FILE',
    options: [
      {
        flags: '-o, --output <file>',
        summary: 'where it goes: .gz or .zst compresses it, - is stdout',
      },
      { flags: '--force', summary: 'replace a file that is there' },
    ],
    load: () => import('./commands/snapshot.js'),
  },
  {
    usage: 'report',
    summary: 'all of it as one page for a browser, to mail or to attach: report -o FILE.html',
    options: [
      {
        flags: '-o, --output <file>',
        summary: 'where it goes, an HTML file that needs no other; - is stdout',
      },
      { flags: '--force', summary: 'replace a file that is there' },
    ],
    load: () => import('./commands/report.js'),
  },
  {
    usage: 'serve',
    summary: 'the same page, live, for browsers: serve, then open the address that it prints',
    options: [
      { flags: '--listen <address>', summary: 'address and port (default: 127.0.0.1:8787)' },
      {
        flags: '--interval <ms>',
        summary: 'from one sample to the next, at least 10 (default: 200)',
      },
      { flags: '--metrics', summary: 'also answer Prometheus, at /metrics' },
      { flags: '--host-name <names>', summary: 'further names of this machine: board7.lab,b7' },
      { flags: '--token', summary: 'let nobody in without a token, not even on 127.0.0.1' },
      {
        flags: '--token-file <file>',
        summary: 'the same, with the token in a file that only its owner may read',
      },
    ],
    load: () => import('./commands/serve.js'),
  },
  {
    usage: 'diff <a> <b>',
    summary: 'what differs between two: live, fake:..., a dump; exit code 1 where anything does',
    load: () => import('./commands/diff.js'),
  },
  {
    usage: 'items [item]',
    summary: 'what is known of each item id, or of one: names, content, decoder',
    load: () => import('./commands/items.js'),
  },
  {
    usage: 'boards [soc]',
    summary: 'where SMEM and its mutex are on each known SoC, or on one',
    load: () => import('./commands/boards.js'),
  },
  {
    usage: 'find',
    summary: 'every place in a dump that looks like SMEM, and how sure that is',
    load: () => import('./commands/find.js'),
  },
  {
    usage: 'watch [item...]',
    summary: 'items and fields as they change, and how fast',
    options: [
      { flags: '--host <host>', summary: 'in the private partition of this host' },
      {
        flags: '--interval <ms>',
        summary: 'from one sample to the next (default: 1000; 10 is 100 Hz)',
      },
      { flags: '--count <samples>', summary: 'end after so many samples' },
      { flags: '--until <condition>', summary: "end when it holds: '435.entries[0].value == 1'" },
    ],
    load: () => import('./commands/watch.js'),
  },
  {
    usage: 'doctor',
    summary: 'what stands in the way on this machine, and what to do about it',
    load: () => import('./commands/doctor.js'),
  },
  {
    usage: 'fake [profile] [command...]',
    summary:
      'a fake SoC for other programs, while it runs or while a command does: fake -- COMMAND...',
    options: [
      { flags: '--from <file>', summary: 'with the memory of this dump, to try things on' },
    ],
    load: () => import('./commands/fake.js'),
  },
]
