// SPDX-License-Identifier: MIT
// The executor of the pages itself: what it takes for a command, what for its output, and what it lets pass.

import assert from 'node:assert/strict'
import { Laboratory } from './laboratory.js'
import { programsIn, shellWords } from './shell-words.js'
import { consoleSteps, isShown, scriptSteps } from './transcript.js'

describe('a transcript of the pages', () => {
  it('is commands behind prompts, with their comments and what they print', () => {
    assert.deepEqual(consoleSteps('$ one \\\n    --more   # exit code 3\nout\n\nput\n\n$ two\n'), [
      { command: 'one --more', comment: 'exit code 3', shown: 'out\n\nput' },
      { command: 'two', comment: '', shown: '' },
    ])
  })

  it('is a command on each line of a script', () => {
    assert.deepEqual(scriptSteps('# first\none   # why\n\ntwo 435#x\n'), [
      { command: 'one', comment: 'why', shown: null },
      { command: 'two 435#x', comment: '', shown: null },
    ])
  })

  for (const [shown, printed] of [
    ['a\nb', 'a\nb\n'],
    ['a  \nb\n\n', 'a\nb'],
    ['a\n...\nd', 'a\nb\nc\nd\n'],
    ['a\n...\nb', 'a\nb\n'],
    ['...', ''],
    ['at ... o\u2019clock (0x1)', 'at 02:15 o\u2019clock (0x1)'],
  ] as const) {
    it(`lets ${JSON.stringify(shown)} pass for ${JSON.stringify(printed)}`, () => {
      assert.ok(isShown(shown, printed))
    })
  }

  for (const [shown, printed] of [
    ['a\nb', 'a\nb\nc'],
    ['b\nc', 'a\nb\nc'],
    ['a\nc', 'a\nb\nc'],
    ['a\n...\nd', 'a\nb\nc'],
    ['', 'a'],
    ['a.c', 'abc'],
    ['at ... now', 'at 02:15\nnow'],
  ] as const) {
    it(`refuses ${JSON.stringify(shown)} for ${JSON.stringify(printed)}`, () => {
      assert.ok(!isShown(shown, printed))
    })
  }
})

describe('a line of the pages', () => {
  it('is words, with those that only a shell understands', () => {
    const words = shellWords(`a 'b $c' "d" e$F > g`)
    assert.deepEqual(
      words.map(({ text }) => text),
      ['a', 'b $c', 'd', 'e$F', '>', 'g'],
    )
    assert.deepEqual(
      words.map(({ special }) => special),
      [false, false, false, true, true, false],
    )
  })

  it('tells the programs that it starts', () => {
    assert.deepEqual(programsIn('A=b sudo one x > two | three; four 2'), ['sudo', 'three', 'four'])
  })

  it('is run only where all its programs are harmless', () => {
    assert.ok(Laboratory.knows("qcom-smem list | grep 'rm -rf'"))
    assert.ok(!Laboratory.knows('qcom-smem list | systemctl stop x'))
  })
})
