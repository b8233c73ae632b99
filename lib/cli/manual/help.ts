// SPDX-License-Identifier: MIT
// Puts the manual into the help. Only a program that is asked for help loads this.

import type { Command as CommanderCommand } from 'commander'
import { manuals } from './commands.js'
import { environment, exitCodes, type Facts } from './surroundings.js'
import { values } from './values.js'

export function explain(program: CommanderCommand): void {
  for (const command of program.commands) explainCommand(command)
  const more = [table('Exit codes', exitCodes), table('Environment', environment)]
  program.addHelpText('after', `\n${more.join('\n')}\nqcom-smem COMMAND --help has examples.`)
}

function explainCommand(command: CommanderCommand): void {
  const { about, examples } = manuals[command.name()]!
  for (const argument of command.registeredArguments) {
    argument.description = values[argument.name()]!
  }
  const lines = examples.map(({ line, does }) => `  ${line}\n      ${does}`)
  command.summary(command.description())
  command.description([command.description(), ...about].join('\n\n'))
  command.addHelpText('after', `\nExamples:\n${lines.join('\n')}`)
}

function table(title: string, rows: Facts): string {
  const width = Math.max(...rows.map(([what]) => what.length))
  const lines = rows.map(([what, meaning]) => `  ${what.padEnd(width)}  ${meaning}`)
  return `${title}:\n${lines.join('\n')}\n`
}
