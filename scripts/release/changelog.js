// SPDX-License-Identifier: MIT
// What the release checklist wants of CHANGELOG.md, which is written as Keep a Changelog has it.

/** Whether the first section that says anything is that of `version`, with the day of its release. */
export function isReleased(text, version) {
  const sections = text.split(/^## /m).slice(1)
  const first = sections.find((section) => section.split('\n').slice(1).join('').trim() !== '')
  const [, named] = /^\[(.+)\] - \d{4}-\d\d-\d\d\n/.exec(first ?? '') ?? []
  return named === version
}
