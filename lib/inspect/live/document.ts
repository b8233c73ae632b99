// SPDX-License-Identifier: MIT
// The live page as one document, with script and style in it: the policy that it comes with names those two by their
// hashes, so that nothing else can run whatever the memory holds. It has no data; the first event brings that.

import { pageScript, pageStyle } from '../page-assets.js'
import { inlineSources } from '../page-html.js'
import { contentPolicy } from './headers.js'

export interface LiveDocument {
  readonly html: Buffer
  readonly policy: string
}

export function liveDocument(): LiveDocument {
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>qcom-smem</title>
<link rel="icon" href="data:,">
<style>${pageStyle()}</style>
</head>
<body>
<div id="page"><noscript><p>This page needs JavaScript, which it has inside it.</p></noscript></div>
<script type="application/json" id="data"></script>
<script>${pageScript()}</script>
</body>
</html>
`
  return { html: Buffer.from(html), policy: contentPolicy(inlineSources()) }
}
