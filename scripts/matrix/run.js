// SPDX-License-Identifier: MIT
// Runs a program to its end, with patience, and gives what it wrote; anything but success is an error that tells all.

import { execFile } from 'node:child_process'

const MINUTES = 60_000

export function run(command, args, options) {
  return new Promise((resolve, reject) => {
    const limits = { encoding: 'utf8', timeout: 3 * MINUTES, maxBuffer: 2 ** 26 }
    execFile(command, args, { ...limits, ...options }, (error, stdout, stderr) => {
      if (error === null) return resolve({ stdout, stderr })
      const ended = error.killed ? 'no end after 3 minutes' : (error.code ?? error.signal)
      reject(new Error(`${[command, ...args].join(' ')}: ${ended}\n${stdout}${stderr}`))
    })
  })
}
