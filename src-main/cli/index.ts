import process from 'node:process'
import { alerts } from './alerts'
import { record } from './record'
import { replay } from './replay'
import { study } from './study'
import { tape } from './tape/index'
import { usage } from './usage'
import { venues } from './venues'
import { watch } from './watch'

/** A command takes its own arguments and answers with the exit code: 0 done, 1 could not, 2 asked wrongly or a bad file. */
const commands: Readonly<Record<string, (args: string[]) => Promise<number>>> = {
  watch,
  record,
  replay,
  venues,
  tape,
  study,
  alerts
}

async function run([name = '', ...args]: readonly string[]): Promise<number> {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (command) return command(args)
  const isHelp = ['', 'help', '--help', '-h'].includes(name)
  const print = isHelp ? process.stdout : process.stderr
  print.write(isHelp ? usage : `There is no command "${name}".\n\n${usage}`)
  return isHelp ? 0 : 2
}

// A closed pipe is how `head` says it has enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

// A CommonJS bundle cannot await here. A rejection is a bug and ends the process with its stack.
void run(process.argv.slice(2)).then((code) => {
  process.exitCode = code
})
