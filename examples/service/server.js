// SPDX-License-Identifier: MIT
// Tells what chip this board has, as JSON over HTTP: GET /socinfo. SMEM is opened once, for reading; an item that was
// found stays where it is, so each request costs one copy of 144 bytes or so.
//
// PORT and HOST say where it listens, QCOM_SMEM_SOURCE which SMEM it reads: `fake` where there is no board.

import { createServer } from 'node:http'
import { decoders, ItemId, Smem, SmemError } from 'qcom-smem'

// A service may be started before the boot loader's work can be seen.
await Smem.whenAvailable({ timeout: 10_000 })
const smem = Smem.open()

function socinfo() {
  return smem.get(ItemId.HW_SW_BUILD_ID).decode(decoders.socinfo)
}

const server = createServer((request, response) => {
  const reply = (status, body) => {
    response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
    response.end(`${JSON.stringify(body)}\n`)
  }
  if (request.method !== 'GET') return reply(405, { error: 'only GET is answered here' })
  if (request.url !== '/socinfo') return reply(404, { error: 'there is /socinfo, and no more' })
  try {
    reply(200, { source: smem.source.name, ...socinfo() })
  } catch (error) {
    if (!(error instanceof SmemError)) throw error
    const { code, message, hint } = error
    reply(503, { error: message, code, hint })
  }
})

server.listen(Number(process.env.PORT ?? 8137), process.env.HOST ?? '127.0.0.1', () => {
  const { address, port } = server.address()
  console.log(`http://${address}:${port}/socinfo`)
})

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    server.close(() => smem.close())
    server.closeIdleConnections()
  })
}
