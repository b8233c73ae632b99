// SPDX-License-Identifier: MIT
// What a cell of the matrix needs from the registry, Node itself and the package managers, kept in
// ${XDG_CACHE_HOME:-~/.cache}/qcom-smem/matrix. Nothing of it is installed on this machine.

import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { run } from './run.js'

const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'qcom-smem/matrix')

/** Folder of the package `spec` (`npm@11`), which is downloaded once. */
export async function fetched(spec) {
  const name = spec.slice(0, spec.lastIndexOf('@'))
  const folder = join(cache, spec.replace('/', '+'))
  if (!existsSync(folder)) {
    console.error(`downloading ${spec}`)
    const fresh = `${folder}.${process.pid}`
    mkdirSync(fresh, { recursive: true })
    writeFileSync(join(fresh, 'package.json'), '{ "private": true }')
    // Some are for another processor than this one: hence --force.
    const options = ['--force', '--ignore-scripts', '--no-save']
    await run('npm', ['install', '--prefix', fresh, ...options, spec], { env: process.env })
    rmSync(folder, { recursive: true, force: true })
    renameSync(fresh, folder)
  }
  return join(folder, 'node_modules', name)
}

export function versionOf(folder) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version
}

let address

/** What the managers are told by their environment: this machine's registry, and to keep to the matter. */
export function settings() {
  address ??= execFileSync('npm', ['config', 'get', 'registry'], { encoding: 'utf8' }).trim()
  return {
    npm_config_registry: address,
    YARN_NPM_REGISTRY_SERVER: address.replace(/\/$/, ''),
    YARN_ENABLE_TELEMETRY: '0',
    npm_config_update_notifier: 'false',
    npm_config_audit: 'false',
    npm_config_fund: 'false',
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => network.test(name))),
  }
}

/** How this machine reaches the registry. */
const network = /^(https?_proxy|no_proxy|NODE_EXTRA_CA_CERTS|SSL_CERT_FILE|SSL_CERT_DIR)$/i
