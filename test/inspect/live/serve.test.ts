// SPDX-License-Identifier: MIT
// The command `serve`: where it says that it is, and how it ends.

import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { qcomSmem } from '../../cli/terminal.js'
import { nodeCommand } from '../../node.js'
import { ask, Events } from './scene.js'

const main = join(import.meta.dirname, '../../../../../dist/cli/main.js')

class Serving {
  readonly child: ChildProcess
  out = ''
  err = ''

  constructor(...args: string[]) {
    const [command, ...prefix] = nodeCommand()
    const stdio: ['ignore', 'pipe', 'pipe'] = ['ignore', 'pipe', 'pipe']
    this.child = spawn(command, [...prefix, main, '--source', 'fake', 'serve', ...args], { stdio })
    this.child.stdout!.setEncoding('utf8').on('data', (text: string) => {
      this.out += text
    })
    this.child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      this.err += text
    })
  }

  /** The address that it prints, on that stream. */
  async url(stream: 'out' | 'err' = 'err'): Promise<URL> {
    const source = stream === 'out' ? this.child.stdout! : this.child.stderr!
    for (;;) {
      const [found] = /http:\/\/[^\s"]+(?=[\s"])/.exec(this[stream]) ?? []
      if (found !== undefined) return new URL(found)
      assert.equal(this.child.exitCode, null, this.err)
      await once(source, 'data')
    }
  }

  async end(signal: NodeJS.Signals): Promise<number | null> {
    const ended = once(this.child, 'exit')
    this.child.kill(signal)
    return (await ended)[0] as number | null
  }
}

describe('serve', () => {
  const children: Serving[] = []
  const serve = (...args: string[]) => {
    const serving = new Serving('--listen', '127.0.0.1:0', ...args)
    children.push(serving)
    return serving
  }
  afterEach(() => {
    for (const { child } of children.splice(0)) child.kill('SIGKILL')
  })

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    it(`says where it is on stderr, and ends in peace at ${signal}`, async () => {
      const serving = serve()
      const { port } = await serving.url()
      const events = await Events.of(Number(port))
      await events.next('page')
      assert.equal((await ask({ port: Number(port), path: '/metrics' })).status, 404)
      assert.equal(await serving.end(signal), 0)
      assert.equal(serving.out, '')
      assert.equal(serving.err, `listening on http://127.0.0.1:${port}/\n`)
      await events.ended()
    })
  }

  it('shows the token once, in the address', async () => {
    const serving = serve('--token', '--json')
    const { port, searchParams } = await serving.url('out')
    const token = searchParams.get('token')!
    assert.match(token, /^[\w-]{43}$/)
    const status = async (path: string) => (await ask({ port: Number(port), path })).status
    assert.deepEqual([await status('/'), await status(`/?token=${token}`)], [401, 200])
    assert.equal(await serving.end('SIGTERM'), 0)
    assert.equal(serving.out.split(token).length, 2)
    assert.equal(serving.err, '')
  })

  it('answers Prometheus where it is told to, with the token of a file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'qcom-smem-serve-'))
    try {
      const [file, token] = [join(folder, 'token'), '0123456789abcdef'.repeat(4)]
      writeFileSync(file, `${token}\n`)
      chmodSync(file, 0o600)
      const serving = serve('--metrics', '--token-file', file)
      const { port, search } = await serving.url()
      assert.equal(search, '')
      const asked = { port: Number(port), path: '/metrics' }
      assert.equal((await ask(asked)).status, 401)
      const headers = { authorization: `Bearer ${token}` }
      const { status, body } = await ask({ ...asked, headers })
      assert.equal(status, 200)
      assert.match(body.toString(), /^qcom_smem_source_up 1$/m)
      assert.equal(await serving.end('SIGTERM'), 0)
      assert.doesNotMatch(serving.err, new RegExp(token))
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('refuses what it cannot do, with a hint', async () => {
    const refused = async (...args: string[]) => {
      const { code, err } = await qcomSmem('--source', 'fake', 'serve', ...args)
      return `${code} ${err}`
    }
    assert.match(await refused('--listen', 'board7:80'), /^2 .*EINVAL.* Hint: for example /)
    assert.match(await refused('--interval', 'often'), /^2 .*EINVAL.* --interval 100/)
    assert.match(await refused('--interval', '0'), /^2 .*EINVAL/)
    assert.match(await refused('--interval', '9'), /^2 .*EINVAL.* at least 10 ms/)
    assert.match(await refused('--listen', '192.0.2.1:0'), /^2 .*EADDRNOTAVAIL.* Hint: /)
    assert.match(await refused('--token-file', '/no/such/file'), /^2 .*ENOENT/)
    const nowhere = await qcomSmem('--source', 'fake:/no/such/file', 'serve', '--listen', '0')
    assert.deepEqual([nowhere.code, /ENOENT/.test(nowhere.err)], [2, true])
  })
})
