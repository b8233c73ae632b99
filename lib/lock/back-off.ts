// SPDX-License-Identifier: MIT
// How long to sleep before the lock is asked for again. A usual holder is done in microseconds and was waited
// for natively; whoever comes here meets one that lost its processor, or a busy bank.

const FIRST = 0.05
const LONGEST = 2

/** Milliseconds: doubling from 0.05 to 2, each drawn between a half and the whole, so that sleepers scatter. */
export function* backOff(): Generator<number, never> {
  for (let delay = FIRST; ; delay = Math.min(delay * 2, LONGEST)) {
    yield delay * (0.5 + Math.random() / 2)
  }
}

const nobody = new Int32Array(new SharedArrayBuffer(4))

/** Sleeps without a busy processor. */
export function sleepSync(milliseconds: number): void {
  Atomics.wait(nobody, 0, 0, milliseconds)
}
