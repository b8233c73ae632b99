// SPDX-License-Identifier: MIT
// The report as a file: one script and one style sheet, which its policy names, no address that a browser would follow,
// and data that no parser takes for markup.

import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { jsonInScript } from '#lib/inspect/page/html.js'
import { reportHtml } from '#lib/inspect/report.js'
import { buildImage } from '#lib/testing/image.js'
import { profiles } from '#lib/testing/profiles.js'
import { v12 } from '../heap/images.js'
import { pageOf, sourceOf } from './page-source.js'

const LIMIT = 350 * 1024

const html = (source = sourceOf(buildImage(profiles.sdm845.describe()))) =>
  reportHtml(pageOf(source))

/** What stands between `<name...>` and its end, in order. */
function elements(text: string, name: string): { attributes: string; content: string }[] {
  return [...text.matchAll(new RegExp(`<${name}\\b([^>]*)>([\\s\\S]*?)</${name}>`, 'g'))].map(
    ([, attributes, content]) => ({ attributes: attributes!.trim(), content: content! }),
  )
}

const dataOf = (text: string) => elements(text, 'script')[0]!
const sha256 = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

describe('a report', () => {
  it('has one script, one style sheet, and a policy that allows these two and nothing else', () => {
    const text = html()
    const [data, script, ...more] = elements(text, 'script')
    const [style, ...others] = elements(text, 'style')
    assert.deepEqual([more, others], [[], []])
    assert.equal(data!.attributes, 'type="application/json" id="data"')
    assert.equal(script!.attributes, '')
    const [, policy] = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(text)!
    assert.deepEqual(policy!.split('; '), [
      "default-src 'none'",
      `script-src ${sha256(script!.content)}`,
      `style-src ${sha256(style!.content)}`,
      'img-src data:',
      "base-uri 'none'",
      "form-action 'none'",
    ])
  })

  it('has its policy before all that the policy is for', () => {
    const text = html()
    assert.ok(text.indexOf('Content-Security-Policy') < text.indexOf('<style'))
    assert.ok(text.indexOf('<meta charset') < 100)
  })

  it('has no address to load anything from, and no style or handler in its markup', () => {
    const outside = html()
      .replace(/<script[\s\S]*?<\/script>/g, '')
      .replace(/<style>[\s\S]*?<\/style>/g, '')
    const links = [...outside.matchAll(/\b(?:href|src|srcset|action)="([^"]*)"/g)]
    assert.deepEqual(
      links.map(([, target]) => target),
      ['data:,'],
    )
    assert.doesNotMatch(outside, /\s(?:style|on\w+)=/)
    assert.doesNotMatch(elements(html(), 'style')[0]!.content, /@import|url\((?!["']?data:)/)
  })

  it('is less than 350 KB without its data', () => {
    const text = html()
    const size = Buffer.byteLength(text) - Buffer.byteLength(dataOf(text).content)
    assert.ok(size < LIMIT, `${size} bytes`)
    assert.ok(size > 20_000, `${size} bytes: where is the script?`)
  })

  it('has the data of the page, which JSON reads as it was', () => {
    const page = pageOf(sourceOf(buildImage(v12)))
    assert.deepEqual(JSON.parse(dataOf(reportHtml(page)).content), page)
  })

  it('keeps what memory, names and warnings hold from being markup', () => {
    const markup = '</script><script>alert(1)</script><!--<img src=x onerror=alert(2)>\u2028\u0085'
    const hostile = `"><svg onload=alert(3)>${markup}`
    const image = buildImage({
      ...v12,
      partitions: [
        { global: true, size: 0x2000, items: [{ id: 421, data: hostile.slice(0, 70) }] },
      ],
    })
    const source = sourceOf(image, { name: `file:${hostile}`, warnings: [hostile] })
    const page = pageOf(source)
    assert.match(JSON.stringify(page.items[0]!.value), /<svg onload/)
    const text = reportHtml(page)
    const plain = html(sourceOf(image, { name: 'file:x' }))
    const tags = (whole: string) => whole.match(/<[a-z/!][^\s>]*/gi)
    assert.deepEqual(tags(text), tags(plain))
    assert.doesNotMatch(dataOf(text).content, /[<>&\u2028\u0085]/)
    assert.deepEqual(JSON.parse(dataOf(text).content), page)
    const [title] = elements(text, 'title')
    assert.match(title!.content, /^SMEM of file:&quot;&gt;&lt;svg onload=alert\(3\)&gt;/)
  })

  it('has JSON with every character that could end a script or a line escaped', () => {
    const all = Array.from({ length: 0x3000 }, (_, code) => String.fromCharCode(code)).join('')
    const text = jsonInScript([all, '\ud800'])
    assert.doesNotMatch(text, /[<>&\p{Cc}\u2028\u2029\ud800]/u)
    assert.deepEqual(JSON.parse(text), [all, '\ud800'])
  })

  it('has a word for those without JavaScript', () => {
    assert.match(elements(html(), 'noscript')[0]!.content, /needs JavaScript/)
  })
})
