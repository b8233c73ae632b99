// SPDX-License-Identifier: MIT
// The account of the checks: one line each, and the last line of the lane.

export class Ledger {
  #passed = 0
  #failed = 0

  /** Runs one check. It fails by throwing; what it returns is shown as the evidence. */
  async check(name: string, body: () => unknown): Promise<void> {
    try {
      const evidence = await body()
      this.#passed++
      console.log(`  ok    ${name}`)
      if (typeof evidence === 'string' && evidence !== '') this.note(evidence)
    } catch (error) {
      this.#failed++
      console.log(`  FAIL  ${name}`)
      this.note(error instanceof Error ? error.message : String(error))
    }
  }

  heading(text: string): void {
    console.log(`\n${text}`)
  }

  note(text: string): void {
    for (const line of text.trimEnd().split('\n')) console.log(`          ${line}`)
  }

  /** Prints the last line; true if all is well and there was something to check. */
  close(): boolean {
    console.log(`\n${this.#passed} passed, ${this.#failed} failed`)
    return this.#failed === 0 && this.#passed > 0
  }
}
