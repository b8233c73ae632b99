// SPDX-License-Identifier: MIT
// The live page as one document, with script and style in it: the policy that it comes with names those two by their
// hashes, so that nothing else can run whatever the memory holds. It has no data; the first event brings that.

import { inlineSources, pageHtml } from '../page/html.js'
import { contentPolicy } from './headers.js'

export interface LiveDocument {
  readonly html: Buffer
  readonly policy: string
}

export function liveDocument(): LiveDocument {
  const html = pageHtml({
    title: 'qcom-smem',
    scriptless: 'This page needs JavaScript, which it has inside it.',
    data: null,
  })
  return { html: Buffer.from(html), policy: contentPolicy(inlineSources()) }
}
