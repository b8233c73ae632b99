// SPDX-License-Identifier: MIT
// The matrix as a table: a row for each way to install, a column for each Node. A cell says `ok` and how long it took,
// `FAILED`, or the letter of the reason why it was not run.

import { nodes } from './rows.js'

/** Prints it all, and the `versions` used; the last line is `N passed, N failed`. @returns the exit code */
export function report(rows, results, versions) {
  const reasons = []
  const failures = []
  let passed = 0
  const cellText = (row, result, node) => {
    const reason = row.not?.[node]
    if (reason !== undefined) {
      if (!reasons.includes(reason)) reasons.push(reason)
      return `(${letter(reasons.indexOf(reason))})`
    }
    const { error, seconds } = result[node]
    if (error !== undefined) {
      failures.push(`${row.name}, Node ${node}: ${error}`)
      return 'FAILED'
    }
    passed++
    return `ok ${seconds.toFixed(1)} s`
  }
  const lines = rows.map((row, i) => [
    row.name,
    ...nodes.map((node) => cellText(row, results[i], node)),
  ])
  const all = [['', ...nodes.map((node) => `Node ${node}`)], ...lines]
  const widths = all[0].map((_, column) => Math.max(...all.map((line) => line[column].length)))
  for (const line of all) {
    console.log(
      line
        .map((text, column) => text.padEnd(widths[column] + 2))
        .join('')
        .trimEnd(),
    )
  }
  console.log(`\n${versions.join(', ')}`)
  for (const [i, reason] of reasons.entries()) console.log(`(${letter(i)}) ${reason}`)
  for (const failure of failures) console.log(`FAILED: ${failure.replaceAll('\n', '\n  ')}`)
  console.log(`${passed} passed, ${failures.length} failed`)
  return failures.length === 0 && passed > 0 ? 0 : 1
}

const letter = (index) => 'abcdefgh'[index]
