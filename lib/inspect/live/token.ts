// SPDX-License-Identifier: MIT
// Who may look, where others than this machine can ask: whoever has the token. It is made at random for each start, or
// is that of a file, for those who ask often and by themselves. Comparing takes the same time whatever is wrong.

import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { fromSystemError, SmemError } from '../../errors.js'

const BYTES = 32
/** Of a token that somebody else has made. */
const SHORTEST = 32
const OTHERS = 0o077

export class Token {
  readonly text: string
  readonly #digest: Buffer

  constructor(text = randomBytes(BYTES).toString('base64url')) {
    this.text = text
    this.#digest = digest(text)
  }

  /** @throws SmemError EPERM where others may read the file, EINVAL for what is no token, and why it cannot be read */
  static ofFile(path: string): Token {
    const { mode, text } = read(path)
    if ((mode & OTHERS) !== 0) {
      throw new SmemError('EPERM', `others than its owner may read the token in ${path}`, {
        origin: 'input',
        hint: `chmod 600 ${path}`,
      })
    }
    if (text.length < SHORTEST || !/^[\w.~+/=-]+$/.test(text)) {
      throw new SmemError('EINVAL', `there is no token in ${path}`, {
        origin: 'input',
        hint: `it is one line of at least ${SHORTEST} letters and digits, as openssl rand -hex 32 makes them`,
      })
    }
    return new Token(text)
  }

  is(text: string): boolean {
    return timingSafeEqual(digest(text), this.#digest)
  }
}

function read(path: string): { mode: number; text: string } {
  try {
    return { mode: statSync(path).mode, text: readFileSync(path, 'utf8').trim() }
  } catch (error) {
    throw fromSystemError(error, `read the token in ${path}`, { origin: 'input' })
  }
}

/** Of one length, whatever it is of. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
