import process from 'node:process'
import { complain } from './complain'
import type { Study } from './study-answer'
import { microstructure, prediction, reconstruction } from './study-captures'
import { bars, lobster, orders } from './study-files'
import { predict } from './study-predict'

/** One line a study. */
const studies: Readonly<Record<string, Study>> = {
  lobster,
  orders,
  bars,
  reconstruction,
  microstructure,
  prediction,
  predict
}

/** `study <name> <file...> [--json]`. Exit code 2 for a wrong question and for a file that is missing, cut off or foreign. */
export async function study([name = '', ...args]: string[]): Promise<number> {
  const chosen = Object.hasOwn(studies, name) ? studies[name] : undefined
  if (!chosen)
    return complain(`which study? there are ${Object.keys(studies).join(', ')}: study <name> <file...>`)
  const isJson = args.includes('--json')
  const answer = await chosen.run(args.filter((it) => it !== '--json'))
  if (!answer.ok) return complain(answer.reason)
  process.stdout.write((isJson ? JSON.stringify(answer.figures) : answer.report) + '\n')
  return 0
}
