// SPDX-License-Identifier: MIT
// The proxy that the documentation puts in front of a board: a real nginx, on loopback, with certificates of its own.

import assert from 'node:assert/strict'
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type RequestOptions, request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { FakeSoc } from '#lib/testing/fake-soc.js'
import { Exporter } from './exporter.js'
import { fleet, freePort } from './prometheus.js'

const remedy = 'sh scripts/apt-install.sh nginx-light openssl'

function certificate(folder: string, name: string): void {
  const args = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
  const out = ['-subj', `/CN=${name}`, '-keyout', `${name}.key`, '-out', `${name}.pem`]
  const { status, stderr } = spawnSync('openssl', ['req', ...args, ...out, '-days', '2'], {
    cwd: folder,
    encoding: 'utf8',
  })
  assert.equal(status, 0, `openssl: ${stderr} ${remedy}`)
}

describe('the proxy in front of a board', () => {
  const soc = FakeSoc.create('msm8916')
  let folder = ''
  let exporter: Exporter
  let nginx: ChildProcess
  let port = 0

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'qcom-smem-proxy-'))
    for (const name of ['board', 'watchers', 'stranger']) certificate(folder, name)
    exporter = await Exporter.start(`fake:${soc.path}`)
    port = await freePort()
    const server = readFileSync(join(fleet, 'nginx.conf'), 'utf8')
      .replaceAll('/etc/qcom-smem', folder)
      .replaceAll('127.0.0.1:8787', exporter.target)
      .replace('listen 8788', `listen 127.0.0.1:${port}`)
    const own = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
      .map((name) => `${name}_temp_path ${folder};`)
      .join('\n')
    const file = join(folder, 'nginx.conf')
    const around = `pid ${folder}/nginx.pid;\nerror_log stderr error;\nevents {}\n`
    writeFileSync(file, `${around}http {\naccess_log off;\n${own}\n${server}}\n`)
    nginx = spawn('nginx', ['-p', folder, '-c', file, '-g', 'daemon off;'], {
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    nginx.on('error', () => {})
    await started()
  })
  after(async () => {
    if (nginx?.exitCode === null) {
      const ended = once(nginx, 'exit')
      nginx.kill('SIGTERM')
      await ended
    }
    await exporter?.end()
    soc.close()
    rmSync(folder, { recursive: true, force: true })
  })

  async function started(): Promise<void> {
    for (let tries = 0; ; tries++) {
      try {
        await get('/', 'watchers')
        return
      } catch (error) {
        if (tries === 200 || nginx.exitCode !== null) {
          throw new Error(`nginx does not start: ${remedy}`, { cause: error })
        }
        await sleep(50)
      }
    }
  }

  async function get(path: string, who: string | null): Promise<{ status: number; text: string }> {
    const mine: RequestOptions =
      who === null
        ? {}
        : {
            key: readFileSync(join(folder, `${who}.key`)),
            cert: readFileSync(join(folder, `${who}.pem`)),
          }
    const ca = readFileSync(join(folder, 'board.pem'))
    const options = { host: '127.0.0.1', port, path, ca, agent: false, ...mine }
    const asked = request({ ...options, checkServerIdentity: () => undefined })
    asked.end()
    const [response] = await once(asked, 'response')
    let text = ''
    for await (const part of response) text += part
    return { status: response.statusCode, text }
  }

  it('gives metrics to whoever has the certificate', async () => {
    const { status, text } = await get('/metrics', 'watchers')
    assert.equal(status, 200)
    assert.match(text, /^qcom_smem_source_up 1$/m)
  })

  it('gives nothing to others', async () => {
    assert.equal((await get('/metrics', null)).status, 400)
    assert.equal((await get('/metrics', 'stranger')).status, 400)
  })

  it('gives nothing but metrics', async () => {
    for (const path of ['/', '/events', '/snapshot', '/metrics/', '/metrics/../snapshot']) {
      assert.equal((await get(path, 'watchers')).status, 404, path)
    }
  })
})
