// SPDX-License-Identifier: MIT
// The lines by which the other processors interrupt the guest: the emulator raises them when the host asks for it,
// over the protocol by which its own tests drive it.

import { rmSync } from 'node:fs'
import { createConnection, type Socket } from 'node:net'

export class Doorbell {
  readonly #path: string
  /** The interrupt controller's place in the emulator's tree of objects: it follows the processors. */
  readonly #controller: string
  #socket: Socket | null = null
  /** What went wrong with a ring. */
  failure: Error | null = null

  constructor(path: string, processors: number) {
    this.#path = path
    this.#controller = `/machine/unattached/device[${processors}]`
  }

  /** For the emulator's command line. */
  get options(): string[] {
    return ['-qtest', `unix:${this.#path},server=on,wait=off`, '-qtest-log', 'none']
  }

  /** Raises a shared peripheral interrupt for a moment, as the kernel sees it: an edge. */
  ring(interrupt: number): void {
    for (const level of [1, 0]) {
      this.#say(`set_irq_in ${this.#controller} unnamed-gpio-in ${interrupt} ${level}`)
    }
  }

  close(): void {
    this.#socket?.destroy()
    rmSync(this.#path, { force: true })
  }

  #say(command: string): void {
    this.#socket ??= createConnection(this.#path)
      .on('error', (error) => this.#fail(error))
      .on('data', (answer) => {
        if (String(answer).includes('FAIL')) this.#fail(new Error(`the emulator says ${answer}`))
      })
    this.#socket.write(`${command}\n`)
  }

  #fail(error: Error): void {
    this.failure ??= error
  }
}
