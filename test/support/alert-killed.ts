import process from 'node:process'
import { alertsUntilKilled } from './alert-kills'

// The body of a process that is killed; its folder is its one argument.
void alertsUntilKilled(process.argv[2]!)
