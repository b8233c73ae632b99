// SPDX-License-Identifier: MIT
// Two builds, one module: CMakeLists.txt (cmake-js, cmake) and binding.gyp (node-gyp) name the same sources,
// defines and flags.

import assert from 'node:assert/strict'
import { readProjectFile, sources } from './source.js'

interface Target {
  target_name: string
  sources: string[]
  defines: string[]
  cflags_cc: string[]
}

function gypTarget(): Target {
  const text = readProjectFile('binding.gyp').replace(/^#.*$/gm, '')
  const { targets } = JSON.parse(text) as { targets: [Target] }
  return targets[0]
}

/** The words of `set(NAME ...)`. */
function cmakeList(name: string): string[] {
  const text = readProjectFile('CMakeLists.txt').replace(/#.*$/gm, '')
  const body = new RegExp(`^set\\(${name}\\s([^)]*)\\)`, 'm').exec(text)?.[1]
  assert.ok(body, `CMakeLists.txt sets ${name}`)
  return body.trim().split(/\s+/)
}

describe('the two builds of the native module', () => {
  const gyp = gypTarget()

  it('have the same sources, which are all there are', () => {
    assert.deepEqual(cmakeList('SOURCES'), gyp.sources)
    assert.deepEqual(
      gyp.sources,
      sources.filter((name) => name.endsWith('.cc')),
    )
  })

  it('have the same defines', () => {
    assert.deepEqual(cmakeList('DEFINES'), gyp.defines)
  })

  it('have the same flags, and none but these', () => {
    assert.deepEqual(cmakeList('FLAGS'), gyp.cflags_cc)
    const compile = readProjectFile('CMakeLists.txt').match(/target_compile_\w+\([^)]*\)/g) ?? []
    // Apart from what the options add: sanitizers, the death test, and that no path of this machine is kept.
    const special = /SANITIZERS|MILESTONES|-ffile-prefix-map/
    const always = compile.filter((command) => !special.test(command))
    const lists = always.map((command) => /\{(\w+)\}/.exec(command)?.[1])
    assert.deepEqual(lists, ['DEFINES', 'FLAGS'])
    assert.equal(compile.length, 5)
    assert.deepEqual(Object.keys(gyp).sort(), [
      'cflags_cc',
      'defines',
      'include_dirs',
      'sources',
      'target_name',
    ])
  })

  it('make a module of the same name', () => {
    assert.equal(gyp.target_name, 'qcom_smem')
    assert.match(readProjectFile('CMakeLists.txt'), /^add_library\(qcom_smem MODULE /m)
  })
})
