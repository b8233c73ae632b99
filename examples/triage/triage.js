#!/usr/bin/env node
// SPDX-License-Identifier: MIT
// Reads crash dumps and says who crashed, and why: one verdict for each, with what speaks for it. Dumps are damaged
// more often than not, so whatever cannot be read is evidence, too, and never the end.
//
// node triage.js DUMP...     a file, or the folder of a split ramdump
// Exit code: 0 nothing found, 1 something was, 2 a dump that cannot be read at all.

import { statSync } from 'node:fs'
import { decoders, hostName, ItemId, Smem, SmemError } from 'qcom-smem'

const Exit = { CLEAN: 0, FOUND: 1, UNREADABLE: 2 }

/** What one dump tells. @returns the exit code it is worth, the verdict, and the evidence */
function triage(path) {
  let smem
  try {
    smem = Smem.open({ source: `${isFolder(path) ? 'dir' : 'file'}:${path}` })
  } catch (error) {
    return unreadable(asSmemError(error))
  }
  try {
    return verdictOf(smem)
  } finally {
    smem.close()
  }
}

function isFolder(path) {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}

function unreadable({ code, message, hint }) {
  const evidence = hint === undefined ? [] : [hint]
  return { exit: Exit.UNREADABLE, verdict: `cannot be read: ${message} (${code})`, evidence }
}

function verdictOf(smem) {
  const crashes = crashReasons(smem)
  const damage = smem.check().filter(({ severity }) => severity === 'error')
  const evidence = [
    ...chip(smem),
    ...lockHolder(smem),
    ...logs(smem),
    ...damage.map(({ check, message }) => `heap: ${check}: ${message}`),
    ...smem.source.warnings.map((warning) => `dump: ${warning}`),
  ]
  if (crashes.length > 0) {
    const verdict = crashes.map(({ subsystem, reason }) => `${subsystem} crashed: ${reason}`)
    return { exit: Exit.FOUND, verdict: verdict.join('; '), evidence }
  }
  if (damage.length > 0) {
    const verdict = `no subsystem left a reason, but the heap is damaged in ${damage.length} places`
    return { exit: Exit.FOUND, verdict, evidence }
  }
  return {
    exit: Exit.CLEAN,
    verdict: 'no subsystem left a reason, and the heap is sound',
    evidence,
  }
}

/** Subsystems leave their last words in an item each. */
function crashReasons(smem) {
  return readable(smem)
    .filter(({ id }) => decoders.crashReason.items.includes(id))
    .flatMap((item) => attempt(() => item.decode(decoders.crashReason)) ?? [])
    .filter(({ crashed }) => crashed)
}

function chip(smem) {
  const found = attempt(() => smem.get(ItemId.HW_SW_BUILD_ID).decode(decoders.socinfo))
  return found === null
    ? ['chip: not told']
    : [`chip: ${found.soc ?? found.id}, build ${found.buildId}`]
}

/** A processor that died with the lock is why the others stopped. */
function lockHolder({ source }) {
  const owner = source.hwlockOwner()
  if (owner === null || owner === 0) return []
  const holder = hostName(owner - 1) ?? 'nobody known'
  return [`lock: it was held by owner ${owner}, ${holder}`]
}

/** The first line of each log that firmware leaves when it fails. */
function logs(smem) {
  return readable(smem).flatMap((item) => {
    const decoded = attempt(() => item.dissect())
    if (decoded === null || !decoded.decoder.startsWith('error-text')) return []
    const [line] = decoded.value.text.split('\n')
    return line === '' ? [] : [`${hostName(item.host) ?? 'global'} log: ${line}`]
  })
}

/** Items that can be read; the others are told by the checks. */
function readable(smem) {
  return smem.items().filter(({ error }) => error === null)
}

/** null for what this dump does not have, or has damaged. */
function attempt(read) {
  try {
    return read()
  } catch (error) {
    asSmemError(error)
    return null
  }
}

/** Anything else is a bug, and not to be hidden. */
function asSmemError(error) {
  if (error instanceof SmemError) return error
  throw error
}

const dumps = process.argv.slice(2)
if (dumps.length === 0) {
  console.error('usage: node triage.js DUMP...')
  process.exitCode = Exit.UNREADABLE
}
for (const path of dumps) {
  const { exit, verdict, evidence } = triage(path)
  console.log(`${path}: ${verdict}`)
  for (const line of evidence) console.log(`  ${line}`)
  process.exitCode = Math.max(process.exitCode ?? 0, exit)
}
