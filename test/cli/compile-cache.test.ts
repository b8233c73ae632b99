// SPDX-License-Identifier: MIT
// What the compiler made is kept for the next run, and taken only from a file that is ours alone, whole, and of this
// program; nothing that goes wrong is told.

import assert from 'node:assert/strict'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CompileCache } from '#lib/cli/compile-cache.js'

const user = process.geteuid!()
const units = new Map([
  [0, Buffer.alloc(1000, 1)],
  [7, Buffer.alloc(77, 2)],
])

describe('the compile cache', () => {
  let home = ''
  const folder = () => join(home, 'qcom-smem')
  const path = () => join(folder(), 'cli.v8')
  const open = (id = 'ours', who = user) => new CompileCache(path(), id, who)
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'qcom-smem-cache-'))
  })
  afterEach(() => rmSync(home, { recursive: true }))

  it('has what was kept before, in a file and a folder for nobody else', () => {
    open().save(units)
    for (const [unit, data] of units) assert.deepEqual(open().get(unit), data)
    assert.equal(open().get(1), undefined)
    assert.equal(statSync(path()).mode & 0o777, 0o600)
    assert.equal(statSync(folder()).mode & 0o777, 0o700)
    assert.deepEqual(readdirSync(folder()), ['cli.v8'])
  })

  it('keeps the units of earlier runs beside those of this one', () => {
    open().save(units)
    open().save(new Map([[7, Buffer.from('newer')]]))
    assert.deepEqual(open().get(0), units.get(0))
    assert.deepEqual(open().get(7), Buffer.from('newer'))
  })

  it('removes what was left a long time ago, and nothing else', () => {
    open().save(units)
    const names = ['cli-older.v8', 'cli-older.v8.4711', 'cli-other.v8', 'notes.txt']
    for (const name of names) writeFileSync(join(folder(), name), '')
    const year = new Date('2001-01-01')
    for (const name of names.filter((name) => name !== 'cli-other.v8')) {
      utimesSync(join(folder(), name), year, year)
    }
    open().save(units)
    assert.deepEqual(readdirSync(folder()).sort(), ['cli-other.v8', 'cli.v8', 'notes.txt'])
  })

  const spoiled: Record<string, () => void> = {
    'others may write': () => chmodSync(path(), 0o602),
    'its group may write': () => chmodSync(path(), 0o620),
    'lies in a folder that others may write': () => chmodSync(folder(), 0o707),
    'is a link': () => {
      renameSync(path(), join(home, 'elsewhere'))
      symlinkSync(join(home, 'elsewhere'), path())
    },
    'lies in a folder that is a link': () => {
      renameSync(folder(), join(home, 'elsewhere'))
      symlinkSync(join(home, 'elsewhere'), folder())
    },
    'is a folder': () => {
      rmSync(path())
      mkdirSync(path(), { mode: 0o700 })
    },
    'is cut off': () => truncateSync(path(), 4500),
    'is cut off in its head': () => truncateSync(path(), 10),
    'is empty': () => truncateSync(path(), 0),
    'is something else': () => writeFileSync(path(), 'null'.padEnd(5000)),
    'has grown': () => writeFileSync(path(), 'x', { flag: 'a' }),
    'has a head that leads nowhere': () => {
      const text = readFileSync(path(), 'latin1')
      writeFileSync(path(), text.replace('[4096', '[9e99'), 'latin1')
    },
  }
  for (const [what, spoil] of Object.entries(spoiled)) {
    it(`takes nothing from a file that ${what}`, () => {
      open().save(units)
      spoil()
      assert.equal(open().get(0), undefined)
    })
  }

  it('takes nothing from another program, or from another user', () => {
    open().save(units)
    assert.equal(open('theirs').get(0), undefined)
    assert.equal(open('ours', user + 1).get(0), undefined)
  })

  it('replaces what was spoiled, but keeps out of a folder that is not ours alone', () => {
    open().save(units)
    truncateSync(path(), 4500)
    open().save(units)
    assert.deepEqual(open().get(0), units.get(0))
    rmSync(path())
    chmodSync(folder(), 0o707)
    open().save(units)
    assert.deepEqual(readdirSync(folder()), [])
  })

  it("makes no folder in somebody else's", () => {
    open('ours', user + 1).save(units)
    assert.equal(existsSync(folder()), false)
  })

  it('lies where the base directory specification says', () => {
    const at = (env: NodeJS.ProcessEnv) => {
      CompileCache.of('0123456789abcdef01', { env, user })?.save(units)
      return readdirSync(home, { recursive: true }).map(String).toSorted().at(-1)
    }
    const name = `cli-0123456789abcdef-${process.version}-${process.arch}.v8`
    assert.equal(at({ XDG_CACHE_HOME: join(home, 'x') }), join('x', 'qcom-smem', name))
    rmSync(join(home, 'x'), { recursive: true })
    assert.equal(at({ XDG_CACHE_HOME: 'x', HOME: home }), join('.cache', 'qcom-smem', name))
  })

  it('is none where none is wanted, and where nobody says where', () => {
    const none = (env: NodeJS.ProcessEnv) => CompileCache.of('0', { env, user })
    assert.equal(none({ HOME: home, NODE_DISABLE_COMPILE_CACHE: '1' }), null)
    assert.equal(none({ HOME: 'here' }), null)
    assert.equal(none({}), null)
    assert.equal(CompileCache.of('0', { env: { HOME: home }, user: undefined }), null)
  })

  it('says nothing where it cannot be kept', () => {
    new CompileCache('/dev/null/qcom-smem/cli.v8', 'ours', user).save(units)
    open().save(new Map(Array.from({ length: 1000 }, (_, unit) => [unit, Buffer.alloc(1)])))
    assert.deepEqual(readdirSync(folder()), [])
  })
})
