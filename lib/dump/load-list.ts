// SPDX-License-Identifier: MIT
// The two files that say where the pieces of a split ramdump belong: dump_info.txt, a table by the tool that received
// them, and load.cmm, the debugger's script that the boot loader sends along. docs/dumps.md shows both.

/** A file of the dump at its address, as a list has it. */
export interface Listed {
  /** File name without its folder. */
  readonly name: string
  readonly base: number
  /** null where the list does not say: then as long as the file is. */
  readonly size: number | null
}

/** Names in lower case. */
export const loadLists: readonly { name: string; parse(text: string): Listed[] }[] = [
  { name: 'dump_info.txt', parse: parseDumpInfo },
  { name: 'load.cmm', parse: parseLoadScript },
]

/**
 * Rows of preference, address, length in decimal, a name of several words, and the file:
 * `1 0x0000000080000000 2147483648 DDR CS0 part0 Memo DDRCS0_0.BIN`. Whatever is no such row is no piece.
 */
function parseDumpInfo(text: string): Listed[] {
  // One way to match, however long the line: what is between is all that ends before the last word.
  const row = /^\d+\s+(?:0x)?([0-9a-f]+)\s+(\d+)\s(?:.*\s)?(\S+)$/i
  return lines(text).flatMap((line) => {
    const [, base, size, name] = row.exec(line) ?? []
    return isPiece(name) ? [{ name, base: Number.parseInt(base!, 16), size: Number(size) }] : []
  })
}

/** Commands such as `d.load.binary DDRCS0_0.BIN 0x80000000 /noclear`, in any case, short or written out. */
function parseLoadScript(text: string): Listed[] {
  const command = /^d(?:ata)?\.load\.b(?:inary)?\s+"?([^"\s]+)"?\s+(?:\w+:)?(?:0x)?([0-9a-f]+)\b/i
  return lines(text).flatMap((line) => {
    const [, path, base] = command.exec(line) ?? []
    const name = path?.split(/[\\/]/).at(-1)
    return isPiece(name) ? [{ name, base: Number.parseInt(base!, 16), size: null }] : []
  })
}

function lines(text: string): string[] {
  return text.split(/\r?\n/).map((line) => line.trim())
}

/** Logs and scripts are listed, too. */
function isPiece(name: string | undefined): name is string {
  return name !== undefined && /\.bin$/i.test(name)
}
