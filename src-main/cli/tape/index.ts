import { complain } from '../complain'
import { exportTape } from './export'
import { importTape } from './import'
import { list } from './list'
import { trimTape } from './trim'
import { verify } from './verify'

const commands: Readonly<Record<string, (args: string[]) => Promise<number>>> = {
  list,
  verify,
  trim: trimTape,
  export: exportTape,
  import: importTape
}

/** `tape list|verify|trim|export|import`. Exit code 1 when what was asked could not be done, 2 for a wrong question. */
export async function tape([name = '', ...args]: string[]): Promise<number> {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  return command ? command(args) : complain(`tape ${Object.keys(commands).join('|')} <folder>`)
}
