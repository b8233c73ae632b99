// SPDX-License-Identifier: MIT
// The rows and columns of the matrix: who installs the package, and in which Node it then works. `steps` are the
// arguments of the package manager, one call after the other; PACKAGE stands for the packed file. `may` is what a
// manager says of itself that is no complaint about the package.

export const nodes = ['20', '22', '24', '26']

const npm11 = { package: 'npm@11', program: 'bin/npm-cli.js' }
const npm12 = { package: 'npm@12', program: 'bin/npm-cli.js' }
const pnpm = {
  package: 'pnpm@12',
  program: 'bin/pnpm.mjs',
  may: /Will retry in|Request took \d+ ?ms/, // of a slow registry
}
const yarn1 = { package: 'yarn@1', program: 'bin/yarn.js' }
const yarn4 = { package: '@yarnpkg/cli-dist@4', program: 'bin/yarn.js' }

const locked = ['install', '--package-lock-only', 'PACKAGE']
const everyScript = '--dangerously-allow-all-scripts'

const tooOld = { 20: 'npm 12 does not run on Node 20' }
const noMusl = 'the registries offer one Node for musl, of version 26'
const noArm = 'nobody offers a Node of this version for armv7, neither npm nor Debian'

export const rows = [
  { name: 'npm 11 install', ...npm11, steps: [['install', 'PACKAGE']] },
  {
    name: 'npm 11 install, no scripts',
    ...npm11,
    steps: [['install', '--ignore-scripts', 'PACKAGE']],
  },
  { name: 'npm 11 ci', ...npm11, steps: [locked, ['ci']] },
  { name: 'npm 11 ci, no scripts', ...npm11, steps: [locked, ['ci', '--ignore-scripts']] },
  { name: 'npm 12 install', ...npm12, steps: [['install', 'PACKAGE']], not: tooOld },
  {
    name: 'npm 12 install, all scripts',
    ...npm12,
    steps: [['install', everyScript, 'PACKAGE']],
    not: tooOld,
  },
  { name: 'npm 12 ci', ...npm12, steps: [locked, ['ci']], not: tooOld },
  { name: 'npm 12 ci, all scripts', ...npm12, steps: [locked, ['ci', everyScript]], not: tooOld },
  { name: 'pnpm 12 add', ...pnpm, steps: [['add', 'PACKAGE']] },
  {
    name: 'pnpm 12 add, all scripts',
    ...pnpm,
    steps: [['add', '--config.dangerouslyAllowAllBuilds=true', 'PACKAGE']],
  },
  { name: 'yarn 1 add', ...yarn1, steps: [['add', 'PACKAGE']] },
  {
    name: 'yarn 1 add, no scripts',
    ...yarn1,
    steps: [['add', '--ignore-scripts', 'PACKAGE']],
    may: /Ignored scripts due to flag/,
  },
  {
    name: 'yarn 4 add, all scripts',
    ...yarn4,
    steps: [['add', 'PACKAGE']],
    yarnrc: ['nodeLinker: node-modules', 'enableScripts: true'],
  },
  {
    name: 'yarn 4 add, Plug and Play',
    ...yarn4,
    steps: [['add', 'PACKAGE']],
    yarnrc: ['nodeLinker: pnp', 'enableScripts: false'],
    // There is no node_modules folder: yarn tells node where things are.
    launcher: true,
    not: {
      20: 'on Node 20, Plug and Play finds no dependency of an ES module that require() has loaded',
    },
    env: { NODE_NO_WARNINGS: '1' }, // of the experimental loader that yarn uses
    may: /ESM support for PnP|Done with warnings/,
  },
  {
    name: 'musl: installed on glibc',
    ...npm11,
    arch: 'x64-musl',
    installer: 'x64', // npm 11 does not run on that Node
    steps: [['install', 'PACKAGE']],
    not: { 20: noMusl, 22: noMusl, 24: noMusl },
  },
  { name: 'arm64: npm 11 install', ...npm11, arch: 'arm64', steps: [['install', 'PACKAGE']] },
  {
    name: 'armv7: npm 11 install',
    ...npm11,
    arch: 'arm',
    steps: [['install', 'PACKAGE']],
    not: { 22: noArm, 24: noArm, 26: noArm },
  },
]
