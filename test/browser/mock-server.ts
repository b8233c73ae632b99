// SPDX-License-Identifier: MIT
// A live server that does what the test says, to see how the page takes it: the page under the policy of the real
// one, and a stream of events that ends, comes back, and tells what never happened in any memory.

import { readFileSync } from 'node:fs'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { PageChange, PageData } from '#lib/inspect/page.js'

const assets = join(import.meta.dirname, '../../../../dist/page')

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'"

const html = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>mock</title><link rel="stylesheet" href="page.css"></head>
<body><div id="page"></div><script type="application/json" id="data"></script><script src="page.js"></script></body>
</html>`

export class MockServer {
  /** How often a page has asked for events. */
  asked = 0
  #page: PageData
  #answers = true
  #beats = true
  readonly #server: Server
  readonly #viewers = new Set<ServerResponse>()
  readonly #beating = setInterval(() => this.#beats && this.#tell('beat', {}), 1000)

  static async start(page: PageData): Promise<MockServer> {
    const mock = new MockServer(page)
    await new Promise<void>((resolve) => mock.#server.listen(0, '127.0.0.1', resolve))
    return mock
  }

  private constructor(page: PageData) {
    this.#page = page
    const files: Record<string, { type: string; text: () => string }> = {
      '/': { type: 'text/html', text: () => html },
      '/page.js': {
        type: 'text/javascript',
        text: () => readFileSync(join(assets, 'page.js'), 'utf8'),
      },
      '/page.css': { type: 'text/css', text: () => readFileSync(join(assets, 'page.css'), 'utf8') },
    }
    this.#server = createServer(({ url = '' }, response) => {
      if (url === '/events') return this.#events(response)
      const file = files[url]
      if (file === undefined) return void response.writeHead(404).end()
      const headers = { 'content-type': file.type, 'content-security-policy': policy }
      response.writeHead(200, headers).end(file.text())
    })
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`
  }

  change(change: PageChange): void {
    this.#tell('change', change)
  }

  source(state: 'ok' | 'lost', message: string | null = null): void {
    this.#tell('source', { state, message })
  }

  /** Ends all streams, and answers with an error from now on. */
  goAway(): void {
    this.#answers = false
    for (const viewer of this.#viewers) viewer.destroy()
    this.#viewers.clear()
  }

  /** As a board that lost its power: all streams stay open, and nothing comes any more. */
  fallSilent(): void {
    this.#answers = false
    this.#beats = false
  }

  comeBack(page: PageData): void {
    this.#page = page
    this.#answers = true
    this.#beats = true
  }

  async stop(): Promise<void> {
    clearInterval(this.#beating)
    this.goAway()
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #events(response: ServerResponse): void {
    this.asked++
    if (!this.#answers) return void response.writeHead(503).end()
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    this.#viewers.add(response)
    response.on('close', () => this.#viewers.delete(response))
    response.write(eventOf('page', this.#page))
  }

  #tell(kind: string, data: unknown): void {
    for (const viewer of this.#viewers) viewer.write(eventOf(kind, data))
  }
}

function eventOf(kind: string, data: unknown): string {
  return `event: ${kind}\ndata: ${JSON.stringify(data)}\n\n`
}
