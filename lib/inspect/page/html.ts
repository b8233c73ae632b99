// SPDX-License-Identifier: MIT
// The page as one HTML document: style, data, script, and nothing else. A content security policy names the one script
// and the one style sheet by their hashes, so that nothing that came out of memory could ever run, whatever it is.

import { createHash } from 'node:crypto'
import type { PageData } from '../page.js'
import { pageScript, pageStyle } from './assets.js'

/** What a content security policy says of the page's own script and style, by directive. */
export function inlineSources(): { readonly 'script-src': string; readonly 'style-src': string } {
  return { 'script-src': hashOf(pageScript()), 'style-src': hashOf(pageStyle()) }
}

export interface PageFrame {
  /** As in the tab of a browser. */
  readonly title: string
  /** `<meta>` by their attributes, ahead of all that they speak of. */
  readonly metas?: readonly Readonly<Record<string, string>>[]
  /** What to say where no script runs. */
  readonly scriptless: string
  /** What the page is to show; null: it will be told. */
  readonly data: PageData | null
}

/** The document: its script and style are the page's, whatever it shows. */
export function pageHtml({ title, metas = [], scriptless, data }: PageFrame): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
${metas.map(metaTag).join('')}<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeText(title)}</title>
<link rel="icon" href="data:,">
<style>${pageStyle()}</style>
</head>
<body>
<div id="page"><noscript><p>${escapeText(scriptless)}</p></noscript></div>
<script type="application/json" id="data">${data === null ? '' : jsonInScript(data)}</script>
<script>${pageScript()}</script>
</body>
</html>
`
}

function metaTag(attributes: Readonly<Record<string, string>>): string {
  const written = Object.entries(attributes).map(
    ([name, value]) => ` ${name}="${escapeText(value)}"`,
  )
  return `<meta${written.join('')}>\n`
}

/** JSON that no HTML parser takes for markup, and no older script engine for the end of a line. */
export function jsonInScript(value: unknown): string {
  return JSON.stringify(value).replace(/[<>&\u007f-\u009f\u2028\u2029]/g, escapeUnicode)
}

function escapeUnicode(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
}

/** For text and for quoted attributes. What HTML has no place for is shown as U+FFFD. */
function escapeText(text: string): string {
  return text
    .replace(/[&<>"]/g, (character) => entities[character]!)
    .replace(/\p{Cc}|\p{Cs}/gu, '\ufffd')
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}
