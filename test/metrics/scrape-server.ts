// SPDX-License-Identifier: MIT
// The smallest server that answers a scrape: samples of one source, ten a second.

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Metrics } from '#lib/inspect/metrics.js'
import { Smem } from '#lib/smem.js'

const smem = Smem.open({ source: process.argv[2] })
const sampler = smem.sampler()
const metrics = new Metrics({ version: '0.0.0', freshness: 100 })

function sample(): void {
  const start = performance.now()
  const events = sampler.sample()
  const seconds = (performance.now() - start) / 1000
  metrics.sampled({ source: smem.source, sampler, events, seconds })
}

sample()
setInterval(sample, 100)
const server = createServer(async (_request, response) => {
  const { contentType, text } = await metrics.page()
  response.setHeader('Content-Type', contentType)
  response.end(text)
})
server.listen(0, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
})
