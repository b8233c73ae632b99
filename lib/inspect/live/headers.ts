// SPDX-License-Identifier: MIT
// What every answer tells the browser that shows it: nothing may be loaded, framed, guessed or told to others. The one
// document names its own script and style by their hashes. No header lets another site read anything.

import type { OutgoingHttpHeaders } from 'node:http'

const policies: Readonly<Record<string, string>> = {
  'default-src': "'none'",
  'connect-src': "'self'",
  'img-src': 'data:',
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
}

/** @param inline the sources of what stands in a document, by directive */
export function contentPolicy(inline: Readonly<Record<string, string>> = {}): string {
  return Object.entries({ ...policies, ...inline })
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join('; ')
}

export const securityHeaders: OutgoingHttpHeaders = {
  'Content-Security-Policy': contentPolicy(),
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
}
