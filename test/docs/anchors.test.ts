// SPDX-License-Identifier: MIT
// Links into a page lead to a heading that it has. A heading's anchor is as GitHub makes it: lower case, blanks as
// hyphens, without punctuation; the second of the same name ends in -1.

import assert from 'node:assert/strict'
import { dirname, join } from 'node:path'
import { pages, prose } from './pages.js'

function anchors(page: string): Set<string> {
  const seen = new Map<string, number>()
  const made = [...prose(page).matchAll(/^#+ (.*)$/gm)].map(([, heading]) => {
    const slug = heading!
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-')
    const count = seen.get(slug) ?? 0
    seen.set(slug, count + 1)
    return count === 0 ? slug : `${slug}-${count}`
  })
  return new Set(made)
}

describe('links into pages', () => {
  for (const page of pages) {
    it(`${page} has none to a heading that is not there`, () => {
      const links = [...prose(page).matchAll(/\]\(([^)#\s]*)#([^)\s]+)\)/g)]
        .map(([, target, anchor]) => ({ target: target!, anchor: anchor! }))
        .filter(({ target }) => target === '' || (target.endsWith('.md') && !/^\w+:/.test(target)))
      const lost = links.filter(({ target, anchor }) => {
        const file = target === '' ? page : join(dirname(page), target)
        return pages.includes(file) && !anchors(file).has(anchor)
      })
      assert.deepEqual(lost, [])
    })
  }
})
