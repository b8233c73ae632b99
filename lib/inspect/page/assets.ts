// SPDX-License-Identifier: MIT
// The script and the style sheet of the page, as scripts/page.js made them of lib/page. They lie beside the modules; the
// command line as one file has them inside it, in the place of this module.

import { readFileSync } from 'node:fs'

/** Fit to stand in a <script>. */
export function pageScript(): string {
  return asset('page.js')
}

/** Fit to stand in a <style>. */
export function pageStyle(): string {
  return asset('page.css')
}

function asset(name: string): string {
  return readFileSync(new URL(`../../page/${name}`, import.meta.url), 'utf8')
}
