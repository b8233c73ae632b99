// SPDX-License-Identifier: MIT
// The page as one HTML file: style, data, script, and nothing else. Its content security policy names the one script
// and the one style sheet by their hashes, so that nothing that came out of memory could ever run, whatever it is.

import { createHash } from 'node:crypto'
import type { PageData } from './page.js'
import { pageScript, pageStyle } from './page-assets.js'

/** What a content security policy says of the page's own script and style, by directive. */
export function inlineSources(): { readonly 'script-src': string; readonly 'style-src': string } {
  return { 'script-src': hashOf(pageScript()), 'style-src': hashOf(pageStyle()) }
}

/** For a page that no server answers for. */
function filePolicy(): string {
  const { 'script-src': script, 'style-src': style } = inlineSources()
  return `default-src 'none'; script-src ${script}; style-src ${style}; img-src data:; base-uri 'none'; form-action 'none'`
}

export interface PageHtmlOptions {
  /** Whether the policy is in the file; a server has it in its headers. */
  readonly policy: boolean
}

/** The page of `page`. */
export function pageHtml(page: PageData, { policy }: PageHtmlOptions): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
${policy ? `<meta http-equiv="Content-Security-Policy" content="${filePolicy()}">\n` : ''}<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="${escapeText(`${page.tool.name} ${page.tool.version}`)}">
<title>${escapeText(titleOf(page))}</title>
<link rel="icon" href="data:,">
<style>${pageStyle()}</style>
</head>
<body>
<div id="page"><noscript><p>This page needs JavaScript, which it has inside it: nothing is loaded.</p></noscript></div>
<script type="application/json" id="data">${jsonInScript(page)}</script>
<script>${pageScript()}</script>
</body>
</html>
`
}

/** As in the tab of a browser. */
export function titleOf({ info }: PageData): string {
  return `SMEM of ${info.board?.model ?? info.source}`
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
