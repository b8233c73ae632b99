// SPDX-License-Identifier: MIT
// Every example is a package that stands for itself, and what its README shows is what happens.

import assert from 'node:assert/strict'
import { existsSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { blocks, filesBelow, prose, read, root, tables } from '../docs/pages.js'
import { consoleSteps, isShown, scriptSteps } from '../docs/transcript.js'
import { Stage } from './stage.js'

const examples = readdirSync(join(root, 'examples'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)

/** What its README shows is a server at work: service.test.ts. */
const elsewhere = ['service']
const { version } = JSON.parse(read('package.json')) as { version: string }

describe('the examples', () => {
  it('are all in the list', () => {
    const [rows] = tables(read('examples/README.md'))
    assert.deepEqual(rows!.map(([link]) => /^\[(\w+)\]\(\1\/\)$/.exec(link!)?.[1]).sort(), examples)
  })

  it('have pages whose links lead somewhere', () => {
    const pages = filesBelow('examples').filter((file) => file.endsWith('.md'))
    assert.equal(pages.length, examples.length + 1)
    for (const page of pages) {
      const links = [...prose(page).matchAll(/\]\(([^)#\s]+)/g)].map(([, target]) => target!)
      const missing = links.filter((target) => !existsSync(join(root, dirname(page), target)))
      assert.deepEqual(missing, [], page)
    }
  })

  for (const example of examples) {
    const folder = join('examples', example)

    it(`${example} needs this package, as it is now, and nothing else`, () => {
      const { type, private: kept, dependencies } = JSON.parse(read(`${folder}/package.json`))
      const wanted = { type: 'module', kept: true, dependencies: { 'qcom-smem': `^${version}` } }
      assert.deepEqual({ type, kept, dependencies }, wanted)
    })

    it(`${example} imports what its reader has`, () => {
      const sources = filesBelow(folder).filter((file) => file.endsWith('.js'))
      assert.ok(sources.length > 0)
      for (const file of sources) {
        const imported = [...read(file).matchAll(/^import .* from '(.*)'$/gm)].map(
          ([, from]) => from!,
        )
        const known = /^(?:node:[\w/]+|qcom-smem(?:\/testing)?|\.\/[\w.]+)$/
        assert.deepEqual(
          imported.filter((from) => !known.test(from)),
          [],
          file,
        )
        assert.match(read(file), /^(?:#!.*\n)?\/\/ SPDX-License-Identifier: MIT\n\/\/ /, file)
      }
    })
  }

  for (const example of examples.filter((name) => !elsewhere.includes(name))) {
    it(`${example} does what its README shows`, function () {
      this.timeout(120_000)
      const stage = new Stage(example)
      const all = blocks(`examples/${example}/README.md`)
      let done = 0
      let output: string | null = null
      try {
        for (const { info, text } of all) {
          const steps =
            info === 'console' ? consoleSteps(text) : info === 'sh' ? scriptSteps(text) : []
          for (const { command, shown } of steps) {
            const { out, err, code } = stage.run(command)
            if (shown !== null && !isShown(shown, out + err)) assert.equal(out + err, shown)
            if (shown === null) assert.equal(code, 0, out + err)
            done++
          }
          if (info === 'text output') assert.equal(output, text)
          output = info === 'js runnable' ? runScript(stage, text) : null
        }
      } finally {
        stage.close()
      }
      assert.ok(done > 0)
    })
  }
})

function runScript(stage: Stage, text: string): string {
  const { out, err, code } = stage.run(`cat >readme.mjs <<'END'\n${text}END\nnode readme.mjs`)
  assert.equal(code, 0, err)
  return out
}
