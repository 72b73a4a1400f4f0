import process from 'node:process'
import { alertsUntilKilled } from './alert-kills'

// The body of a process that is killed: its folder, the receiver's address, how many alerts at most.
const [folder = '', url = '', most] = process.argv.slice(2)
void alertsUntilKilled(folder, url, most === undefined ? Infinity : Number(most)).then(() => {
  process.exit(0)
})
