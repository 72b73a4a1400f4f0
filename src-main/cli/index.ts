import process from 'node:process'
import { replay } from './replay'
import { usage } from './usage'
import { watch } from './watch'

/** A command takes its own arguments and answers with the exit code: 0 done, 1 could not, 2 asked wrongly or a bad file. */
const commands: Readonly<Record<string, (args: string[]) => Promise<number>>> = { watch, replay }

const [name = '', ...args] = process.argv.slice(2)
const command = Object.hasOwn(commands, name) ? commands[name] : undefined
if (command) {
  process.exitCode = await command(args)
} else {
  const isHelp = ['', 'help', '--help', '-h'].includes(name)
  const print = isHelp ? process.stdout : process.stderr
  print.write(isHelp ? usage : `There is no command "${name}".\n\n${usage}`)
  process.exitCode = isHelp ? 0 : 2
}
