// SPDX-License-Identifier: MIT
// Decoded values told field by field.

import assert from 'node:assert/strict'
import { changedFields, flatten } from '#lib/items/flatten.js'

describe('a flattened value', () => {
  it('has every scalar by its path, in the order of the value', () => {
    const value = {
      format: '0.23',
      pmics: [{ model: 45, modelName: null }, { model: 49 }],
      on: true,
    }
    assert.deepEqual(
      [...flatten(value)],
      [
        ['format', '0.23'],
        ['pmics[0].model', 45],
        ['pmics[0].modelName', null],
        ['pmics[1].model', 49],
        ['on', true],
      ],
    )
  })

  it('has the empty path where it is a scalar, and starts with an index where it is an array', () => {
    assert.deepEqual([...flatten(7)], [['', 7]])
    assert.deepEqual(
      [...flatten([[1], [2]])],
      [
        ['[0][0]', 1],
        ['[1][0]', 2],
      ],
    )
  })

  it('quotes names that could be mistaken for a path', () => {
    const value = { 'a.b': 1, 'c[0]': { d: 2 }, '': 3 }
    assert.deepEqual([...flatten(value).keys()], ['["a.b"]', '["c[0]"].d', '[""]'])
  })
})

describe('changed fields', () => {
  it('are those whose values differ', () => {
    const before = { a: 1, b: { c: 'x', d: [1, 2] } }
    const after = { a: 1, b: { c: 'y', d: [1, 3] } }
    assert.deepEqual(changedFields(before, after), [
      { path: 'b.c', before: 'x', after: 'y' },
      { path: 'b.d[1]', before: 2, after: 3 },
    ])
  })

  it('have null where a field is not there, and those that are gone come last', () => {
    assert.deepEqual(changedFields({ gone: 1, list: [1] }, { list: [1, 2], fresh: true }), [
      { path: 'list[1]', before: null, after: 2 },
      { path: 'fresh', before: null, after: true },
      { path: 'gone', before: 1, after: null },
    ])
  })

  it('are none between equal values, nor between null and a field that is not there', () => {
    assert.deepEqual(changedFields({ a: null, b: [Number.NaN] }, { b: [Number.NaN] }), [])
    assert.deepEqual(changedFields(null, null), [])
  })
})
