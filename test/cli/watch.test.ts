// SPDX-License-Identifier: MIT
// `watch`: its lines, its JSON, how it ends, and a live screen on a real terminal that is left as it was.

import assert from 'node:assert/strict'
import { constants } from 'node:os'
import { run } from '#lib/cli/program.js'
import { Smem } from '#lib/index.js'
import { FakeSoc } from '#lib/testing/fake-soc.js'
import { section, tables } from '../docs/pages.js'
import { Pty } from './pty.js'
import { qcomSmem } from './terminal.js'

const MODEM_SMP2P = 435
const ESC = '\x1b'
const CONTROL = new RegExp(`${ESC}\\[[\\d;?]*[A-Za-z]`, 'g')
const ENTER = '\x1b[?1049h\x1b[?25l\x1b[?7l'
const LEAVE = '\x1b[?7h\x1b[?25h\x1b[?1049l'

const objects = (out: string) =>
  out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))

describe('watch', () => {
  let soc: FakeSoc
  let smem: Smem
  let source: string
  beforeEach(() => {
    soc = FakeSoc.create('sdm845')
    source = `fake:${soc.path}`
    smem = Smem.open({ source, writable: true })
  })
  afterEach(() => {
    smem.close()
    soc.close()
  })

  /** The value of the modem's first SMP2P entry. */
  const store = (value: number) => smem.get(MODEM_SMP2P, { host: 1 }).write32(20 + 16, value)
  const watch = (...args: string[]) => qcomSmem('--source', source, 'watch', ...args)

  /** Runs it in this process; at each output `act` gets all that was written so far, and can press Ctrl-C. */
  async function watched(args: readonly string[], act: (out: string, end: () => void) => void) {
    let out = ''
    const listeners = new Map<string, () => void>()
    const code = await run(['--source', source, 'watch', ...args], {
      isTerminal: false,
      isErrorTerminal: false,
      env: {},
      out: (data) => {
        out += data
        act(out, () => listeners.get('SIGINT')!())
      },
      err: () => {},
      session: {
        size: () => ({ columns: 80, rows: 24 }),
        onSignal: (signal, listener) => {
          listeners.set(signal, listener)
          return () => listeners.delete(signal)
        },
        suspend: () => {},
      },
    })
    return { code, out, listening: [...listeners.keys()] }
  }

  it('prints a line for each event where there is no terminal', async () => {
    const { code, out, err } = await watch('435', '--count', '1')
    assert.deepEqual([code, err], [0, ''])
    assert.match(
      out,
      /^\d\d:\d\d:\d\d\.\d{3} {2}item {5}435 SMEM_SMP2P_MODEM_BASE\S* modem {2}340 bytes\n$/,
    )
    const every = await watch('--count', '2', '--interval', '1')
    assert.equal(every.out.split('\n').length - 1, smem.items().length)
  })

  it('tells changes field by field, until Ctrl-C', async () => {
    let poked = false
    const { code, out, listening } = await watched(['435', '--interval', '1'], (text, end) => {
      if (!poked) store(5)
      poked = true
      if (text.includes('changed')) end()
    })
    assert.deepEqual([code, listening], [0, []])
    assert.match(out, /changed {2}435 \S+ modem {2}entries\[0\]\.value 6 -> 5/)
  })

  it('prints one event a line as JSON', async () => {
    let poked = false
    const { out } = await watched(['435', '--json', '--interval', '1'], (text, end) => {
      if (!poked) store(7)
      poked = true
      if (text.includes('"changed"')) end()
    })
    const [first, second, ...others] = objects(out)
    assert.deepEqual(others, [])
    assert.deepEqual([first.schema, first.kind, first.initial], ['qcom-smem/event@1', 'item', true])
    assert.ok(Math.abs(Date.parse(second.time) - Date.now()) < 60_000)
    assert.deepEqual(
      second.fields.find(({ path }: { path: string }) => path === 'entries[0].value'),
      { path: 'entries[0].value', before: 6, after: 7 },
    )
    assert.deepEqual(
      { ...second, fields: [], time: '', address: '' },
      {
        schema: 'qcom-smem/event@1',
        time: '',
        kind: 'changed',
        id: 435,
        name: first.name,
        host: 1,
        initial: false,
        address: '',
        size: 340,
        decoder: 'smp2p',
        fields: [],
        words: null,
        bytes: { count: 1, first: 36 },
        error: null,
      },
    )
  })

  it('is described field by field in docs/json.md', async () => {
    const [event] = objects((await watch('435', '--count', '1', '--json')).out)
    const described = tables(section('docs/json.md', '`watch --json`: `qcom-smem/event@1`'))
    assert.deepEqual(
      described[0]!.map(([name]) => name),
      Object.keys(event),
    )
  })

  it('ends with 0 when what it waits for holds, with 1 when it did not', async () => {
    const until = (condition: string) =>
      watch('--interval', '1', '--count', '3', '--until', condition).then(({ code }) => code)
    assert.equal(await until('SMP2P_MODEM_BASE.entries[0].value == 6'), 0)
    assert.equal(await until('SMP2P_MODEM_BASE.entries[0].value == 5'), 1)
    assert.equal(await until('435@adsp.entries[0].value == 6'), 1)
    const { code, out } = await watched(
      ['421', '--interval', '1', '--until', '435.entries[0].value == 5'],
      () => store(5),
    )
    // What is waited for is watched, too.
    assert.deepEqual([code, /435 .* 6 -> 5/.test(out)], [0, true])
    const stopped = await watched(['421', '--until', '435.entries[0].value == 9'], (_, end) =>
      end(),
    )
    assert.equal(stopped.code, 1)
  })

  it('says what is not there yet, and what holds, on stderr', async () => {
    const { out, err } = await watch(
      ...['435', '300', '--count', '1', '--until', '435.entrys[0] == 1 or 435.version == 1'],
    )
    assert.equal(out.split('\n').length, 2)
    assert.deepEqual(err.split('\n').slice(0, -1), [
      'warning: item 300 (SMEM_SMD_BLOCK_PORT_PROC1_HEAP+34) is not there yet',
      'warning: there is no field 435.entrys[0] yet',
      'it holds, at sample 1: 435.entrys[0] == 1 or 435.version == 1',
    ])
    assert.equal((await watch('300', '--count', '1', '--json')).err, '')
  })

  it('narrows to a host', async () => {
    const ids = async (...args: string[]) =>
      objects((await watch(...args, '--count', '1', '--json')).out).map(({ id, host }) => [
        id,
        host,
      ])
    assert.ok((await ids('--host', 'modem')).every(([, host]) => host === 1))
    assert.deepEqual(await ids('478', '--host', 'adsp'), [[478, 2]])
    assert.ok((await ids('478')).length > 1)
  })

  for (const [line, message] of [
    ['--interval 0', /an interval of 0 ms cannot be kept/],
    ['--interval soon', /--interval "soon" is no number/],
    ['--count 0', /--count 0/],
    ['--until 435.up=1', /--until cannot be understood at "=1"/],
    ['NOBODY', /there is no item "NOBODY"/],
    ['--host nobody', /no host "nobody"/],
  ] as const) {
    it(`refuses ${line}`, async () => {
      const { code, out, err } = await watch(...line.split(' '))
      assert.deepEqual([code, out], [2, ''])
      assert.match(err, message)
    })
  }

  for (const args of [['99999'], ['512', '--host', 'modem'], ['137', '--until', '512.x == 1']]) {
    it(`refuses an id that this heap cannot have, as show does: ${args.join(' ')}`, async () => {
      const { code, out, err } = await watch(...args, '--count', '1', '--json')
      assert.deepEqual([code, out], [1, ''])
      const { code: errno, message, item } = JSON.parse(err)
      const id = Number(args[0]) > 511 ? Number(args[0]) : 512
      assert.deepEqual(
        [errno, message, item],
        ['EINVAL', `item ids are 0 to 511 here, not ${id}`, id],
      )
    })
  }

  describe('on a terminal', function () {
    // Whole processes, which an emulated processor starts slowly.
    this.timeout(60_000)
    const terminal = (...args: string[]) =>
      Pty.ofProgram(['--source', source, 'watch', '--interval', '20', ...args], 90, 12)
    const row = /^\* +435 .* modem +340 +1 +\d\.\d/m

    it('shows fields, marks what has changed, and is left as it was at Ctrl-C', async () => {
      using pty = terminal('435')
      await pty.shows('magic: "$SMP"')
      await pty.shows('more lines')
      assert.ok(pty.output.startsWith(ENTER))
      assert.match(pty.output, /free: global \d+, modem \d+/)
      store(5)
      // What has changed goes before what does not fit.
      await pty.shows(/\* {5}entries\[0\]\.value: .*5.* was 6/)
      assert.match(pty.output.replaceAll(CONTROL, ''), row)
      pty.type('\x03')
      assert.equal(await pty.ended(), 0)
      assert.equal(pty.output.split(LEAVE).length, 2)
      assert.match(pty.output.slice(pty.output.indexOf(LEAVE) + LEAVE.length), /^(\^C)?$/)
    })

    it('is left as it was at SIGTERM, and at its count', async () => {
      using killed = terminal()
      await killed.shows(/Ctrl-C ends/)
      killed.kill(constants.signals.SIGTERM)
      assert.equal(await killed.ended(), 143)
      assert.ok(killed.output.endsWith(LEAVE))
      using counted = terminal('--count', '2')
      assert.equal(await counted.ended(), 0)
      assert.ok(counted.output.endsWith(LEAVE))
    })

    it('fits into the terminal, also when that is resized', async () => {
      using pty = terminal('--interval', '60000')
      await pty.shows(/\.\.\. \d+ more lines/)
      const pictures = () =>
        pty.output
          .split('\x1b[H')
          .slice(1)
          .map((picture) => picture.split(/\r+\n/).map((line) => line.replace(CONTROL, '')))
      const sizes = () =>
        pictures().map((lines) => [lines.length, Math.max(...lines.map(({ length }) => length))])
      const [[rows, columns] = []] = sizes()
      assert.ok(rows! <= 12 && columns! <= 90, `${rows} rows, ${columns} columns`)
      pty.forget()
      pty.resize(40, 6)
      await pty.shows(/more lines/)
      const [[fewer, narrower] = []] = sizes()
      assert.ok(fewer === 6 && narrower === 40, `${fewer} rows, ${narrower} columns`)
      pty.type('\x03')
      assert.equal(await pty.ended(), 0)
    })

    it('gives the terminal back while it is stopped', async () => {
      using pty = terminal()
      await pty.shows(/Ctrl-C ends/)
      pty.forget()
      pty.type('\x1a')
      await pty.shows(LEAVE)
      pty.forget()
      pty.resume()
      await pty.shows(ENTER)
      await pty.shows('Ctrl-C ends')
      pty.type('\x03')
      assert.equal(await pty.ended(), 0)
      assert.ok(pty.output.includes(LEAVE))
    })
  })
})
