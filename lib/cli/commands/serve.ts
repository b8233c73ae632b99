// SPDX-License-Identifier: MIT
// `serve`: the live page, until it is interrupted.

import { defaultAddress, parseAddress } from '../../inspect/live/address.js'
import { LiveServer } from '../../inspect/live/server.js'
import { Token } from '../../inspect/live/token.js'
import { parseNumber, usage } from '../arguments.js'
import { type Context, jsonText, type Options, type Run } from '../command.js'
import { tool, version } from '../version.js'

export const run: Run = async (context, _args, options) => {
  const { listen, hostName, metrics } = options
  const server = await LiveServer.start({
    source: context.source,
    tool,
    address: typeof listen === 'string' ? parseAddress(listen) : defaultAddress,
    interval: milliseconds(options.interval),
    hostNames: typeof hostName === 'string' ? hostName.split(',') : [],
    token: tokenOf(options),
    metrics: metrics === true ? await metricsOf(context) : undefined,
  })
  const ending = new AbortController()
  const end = () => ending.abort()
  // A second one ends the program at once, as if nobody listened.
  process.once('SIGINT', end).once('SIGTERM', end)
  tell(context, server, options)
  await server.run(ending.signal)
  return undefined
}

function milliseconds(text: Options[string]): number | undefined {
  if (typeof text !== 'string') return undefined
  const value = parseNumber(text)
  if (value !== null) return value
  throw usage(`--interval "${text}" is no number`, 'milliseconds, for example --interval 100')
}

function tokenOf({ token, tokenFile }: Options): Token | undefined {
  if (typeof tokenFile === 'string') return Token.ofFile(tokenFile)
  return token === true ? new Token() : undefined
}

/** Loaded when they are asked for. */
async function metricsOf({ source: { localHost = 0 } }: Context) {
  const { Metrics } = await import('../../inspect/metrics.js')
  return new Metrics({ version, view: { localHost }, processMetrics: true })
}

/** A token is shown this once, unless it stands in a file. */
function tell({ json, out, say }: Context, { url, token }: LiveServer, options: Options): void {
  const shown = token === null || options.tokenFile !== undefined ? null : token.text
  const entry = shown === null ? url : `${url}?token=${shown}`
  if (json) out(jsonText({ schema: 'qcom-smem/serve@1', url: entry }))
  say(`listening on ${entry}`)
  if (token !== null && shown === null) say(`the token is that of ${options.tokenFile}`)
  else if (token !== null) say('whoever has this address may look; it is not shown again')
}
