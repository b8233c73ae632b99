// SPDX-License-Identifier: MIT
// Our contenders: four processes, each with two threads, that stay from round to round.

import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { nodeCommand } from '../node.js'
import type { Arena } from './arena.js'
import { type Event, EventLog } from './event.js'
import type { Answer, Call } from './messages.js'

const PROCESSES = 4
const THREADS = 2

export class Team {
  readonly size = PROCESSES * THREADS
  readonly #children: readonly ChildProcess[]
  #hear: (answer: Answer) => void = () => {}
  #fail: (error: Error) => void = () => {}

  constructor() {
    const [command, ...prefix] = nodeCommand()
    const script = fileURLToPath(new URL('./process.js', import.meta.url))
    this.#children = Array.from({ length: PROCESSES }, (_, i) => {
      const child = spawn(command, [...prefix, script, String(i * THREADS)], {
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
        serialization: 'advanced',
      })
      child.on('message', (answer) => this.#hear(answer as Answer))
      child.on('exit', (code, signal) => {
        this.#fail(new Error(`a process of ours ended: ${signal ?? code}`))
      })
      return child
    })
  }

  async enter(path: string, arena: Arena, seed: number): Promise<void> {
    await this.#call({ call: 'enter', path, arena, seed })
  }

  /** What each thread did. */
  async fight(): Promise<Event[][]> {
    const answers = await this.#call({ call: 'fight' })
    return answers.map(({ events }) => EventLog.unpack(events!))
  }

  async leave(): Promise<void> {
    this.#fail = () => {}
    for (const child of this.#children) child.disconnect()
  }

  #call(call: Call): Promise<Answer[]> {
    return new Promise((resolve, reject) => {
      const answers: Answer[] = []
      this.#fail = reject
      this.#hear = (answer) => {
        answers.push(answer)
        if (answers.length === this.size) resolve(answers.sort((a, b) => a.thread - b.thread))
      }
      for (const child of this.#children) child.send(call)
    })
  }
}
