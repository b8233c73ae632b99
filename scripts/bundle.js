// SPDX-License-Identifier: MIT
// The command line as one CommonJS file: node starts that in about half the time that it needs to find and
// link the same code as modules. In that file each command is a part of its own, kept as text, which costs next to
// nothing until it is asked for (docs/decisions/0007-one-file-cli.md).

import { createHash } from 'node:crypto'
import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { Script } from 'node:vm'
import { deflateRawSync } from 'node:zlib'
import { build, transform } from 'esbuild'
import { COMMENT_END, ESCAPED_END, Form } from '../dist/cli/parts.js'

const outfile = 'dist/cli.cjs'

// What most runs never call is loaded by its first call. Built-in modules that take a millisecond or more to load;
// an import from them that is not listed here fails the build.
const lateBuiltins = {
  'node:child_process': ['spawn'],
  'node:http': ['createServer'],
  'node:tty': ['isatty'],
  'node:zlib': ['gunzipSync'],
}

// And modules of our own, by who imports them: each is a part of the bundle, with what only it needs.
const lateModules = {
  'source/open.js': {
    './fake.js': ['openFake'],
    './file.js': ['openDirectory', 'openFile'],
    './live.js': ['openLive'],
  },
  'items/decoders.js': { './registry.js': ['builtinOf'] },
  'heap/heap.js': { './check/checks.js': ['checkHeap'] },
  'source/dump.js': {
    '../dump/elf-reader.js': ['readElfCore'],
    '../dump/ramdump-directory.js': ['openRamdump'],
  },
  'source/file.js': {
    '../board/discover.js': ['discoverBoard'],
    '../board/fdt.js': ['readDtb'],
    '../board/table.js': ['boardOfSoc'],
  },
  'source/location.js': { '../dump/scan.js': ['scanFirst'] },
  'dump/format.js': { './compression.js': ['decompress'] },
  'dump/compression.js': { './unzstd.js': ['unzstd'] },
}

/** What modules read from files beside them: inside the one file there is none. */
const assets = { pageScript: 'dist/page/page.js', pageStyle: 'dist/page/page.css' }

/** `./check/checks.js` of heap/heap.js is the part `heap-check-checks`. */
const partOf = (importer, path) =>
  join(dirname(importer), path).replaceAll('/', '-').replace(/\.js$/, '')

const lateParts = Object.fromEntries(
  Object.entries(lateModules).flatMap(([importer, modules]) =>
    Object.keys(modules).map((path) => [
      partOf(importer, path),
      join('dist', dirname(importer), path),
    ]),
  ),
)

const stubs = (names, module) =>
  names
    .map((name) => `export const ${name} = (...args) => require('${module}').${name}(...args)`)
    .join('\n')

const loadLate = {
  name: 'load late',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:/ }, ({ path, namespace }) =>
      namespace !== 'late' && path in lateBuiltins
        ? { path, namespace: 'late', pluginData: stubs(lateBuiltins[path], path) }
        : { path, external: true },
    )
    onResolve({ filter: /^\.\.?\// }, ({ path, importer, namespace }) => {
      if (namespace === 'late') return { path, external: true }
      const from = relative('dist', importer)
      const names = lateModules[from]?.[path]
      if (names === undefined) return undefined
      const part = partOf(from, path)
      return { path: part, namespace: 'late', pluginData: stubs(names, `./${part}.js`) }
    })
    onLoad({ filter: /.*/, namespace: 'late' }, ({ pluginData }) => ({ contents: pluginData }))
  },
}

const inlineAssets = {
  name: 'inline assets',
  setup({ onLoad }) {
    onLoad({ filter: /\/inspect\/page\/assets\.js$/ }, () => ({
      contents: Object.entries(assets)
        .map(([name, file]) => {
          return `export const ${name} = () => ${JSON.stringify(readFileSync(file, 'utf8'))}`
        })
        .join('\n'),
    }))
  },
}

const common = {
  platform: 'node',
  target: 'node20',
  // Compiling is a good part of the start: fewer characters, but names stay for the traces of bugs.
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  logLevel: 'warning',
}

/** The program in parts, as modules: what every run needs, and one for each command. */
const { outputFiles, metafile } = await build({
  ...common,
  entryPoints: { main: 'dist/cli/main.js', ...lateParts },
  outdir: '.',
  bundle: true,
  splitting: true,
  write: false,
  metafile: true,
  format: 'esm',
  // A part has no import.meta: where a module asks for its own address, it gets the bundle's.
  define: { 'import.meta.url': 'bundleUrl' },
  plugins: [loadLate, inlineAssets],
})

const asFunctionBody = { ...common, format: 'cjs', supported: { 'dynamic-import': false } }
/** What esbuild puts before each module that only exports: the same helpers again, of which one would do. */
const [helpers] = (await transform('export const x = 0', asFunctionBody)).code.split('__export(')
const TO_EXPORTS = 'module.exports=__toCommonJS(stdin_exports);'

const parts = new Map(
  await Promise.all(
    outputFiles.map(async ({ path, text }) => {
      const { code } = await transform(text, asFunctionBody)
      const plain = code.startsWith(`${helpers}__export(`) && code.includes(TO_EXPORTS)
      return [basename(path), plain ? provided(code) : code]
    }),
  ),
)

/** With the helper that the part is given (`provide` of lib/cli/parts.ts), and without esbuild's hints for node. */
function provided(code) {
  return code
    .slice(helpers.length)
    .replace('__export(stdin_exports,', '__provide(exports,')
    .replace(TO_EXPORTS, '')
    .replace(/0&&\(module\.exports=\{[^}]*\}\);\s*$/, '')
}

/** The part and all that it loads at once. */
function withNeeds(name, found = new Set()) {
  if (found.has(name)) return found
  found.add(name)
  for (const { path, kind, external } of metafile.outputs[name].imports) {
    if (kind === 'import-statement' && !external) withNeeds(path, found)
  }
  return found
}

// What is compiled together: what `list` needs from any source, what it needs from the same sources, and each other
// part by itself.
const list = [...parts.keys()].find((name) => name.startsWith('list-'))
const core = withNeeds(list, withNeeds('main.js'))
const sources = ['fake', 'file', 'live'].map((name) => withNeeds(`source-${name}.js`))
const together = new Map()
for (const name of parts.keys()) {
  const servants = sources.map((needs) => needs.has(name)).join()
  const unit = core.has(name) ? 'core' : servants.includes('true') ? servants : name
  together.set(unit, [...(together.get(unit) ?? []), name])
}
const units = [...together.values()]
const texts = units.map((names) => {
  const functions = names.map(
    (name) =>
      `${JSON.stringify(`./${name}`)}:(function(require,module,exports,bundleUrl,__provide){${parts.get(name)}\n})`,
  )
  return `({${functions.join(',')}})`
})
for (const text of texts) new Script(text)
// They stand in a comment, which they must not end, and which is read as a whole at each start: what no `list` needs is
// packed.
const listed = new Set([...core, ...sources.flatMap((needs) => [...needs])])
const forms = units.map(([name], unit) => {
  if (!listed.has(name)) return Form.PACKED
  return texts[unit].includes(COMMENT_END) ? Form.ESCAPED : Form.PLAIN
})
const stored = texts.map((text, unit) =>
  forms[unit] === Form.PACKED
    ? deflateRawSync(text, { level: 9 }).toString('base64')
    : text.replaceAll(COMMENT_END, ESCAPED_END),
)

const unitOf = Object.fromEntries(
  units.flatMap((names, unit) => names.map((name) => [`./${name}`, unit])),
)
const end = '*/\n'
const total = stored.reduce((sum, { length }) => sum + length, 0)
let at = 0
const spans = stored.map(({ length }, unit) => {
  const before = total - at + end.length
  at += length
  return [before, length, forms[unit]]
})
const id = createHash('sha256').update(texts.join('')).digest('hex')

/** What reads and compiles the parts is itself compiled at each start. */
const start = await build({
  ...common,
  stdin: {
    contents: `import { start } from './dist/cli/parts.js'
start(__filename, ${JSON.stringify({ id, unitOf, units: spans })}, require)`,
    resolveDir: '.',
  },
  bundle: true,
  write: false,
  format: 'cjs',
})

writeFileSync(
  outfile,
  `#!/usr/bin/env node\n${start.outputFiles[0].text}/*${stored.join('')}${end}`,
)
chmodSync(outfile, 0o755)
