// @ts-check
import { spawn } from 'node:child_process'
import { Refusal } from './terminal.mjs'

/** Large enough for the widest window the tests open. */
const screen = '1600x1000x24'

/**
 * Starts an X server of our own, without a monitor, on a display number that it finds free itself.
 * @returns {Promise<{ name: string, stop: () => void }>} once it takes clients
 * @throws {Refusal} with the server's own words, when it does not start
 */
export function startDisplay() {
  // noreset: the server would begin anew whenever the last window closes, and lose a client that comes just then.
  const args = ['-displayfd', '3', '-screen', '0', screen, '-nolisten', 'tcp', '-noreset']
  // detached: a Ctrl-C is for the tests, which still need their screen while they tidy up.
  const server = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'pipe', 'pipe'], detached: true })
  const stop = () => void server.kill()
  process.once('exit', stop)
  let complaint = ''
  server.stderr?.setEncoding('utf8').on('data', (/** @type {string} */ text) => (complaint += text))
  return new Promise((resolve, reject) => {
    const number = server.stdio[3]
    if (number === null || number === undefined) throw new Error('no pipe for the display number')
    number.once('data', (/** @type {Buffer} */ data) => {
      resolve({ name: `:${data.toString().trim()}`, stop })
    })
    server.once('error', (error) => {
      reject(new Refusal(`Xvfb could not be started: ${error.message}`))
    })
    server.once('exit', (code) => {
      reject(new Refusal(`Xvfb ended before it was ready, code ${code ?? 'none'}: ${complaint.trim()}`))
    })
  })
}
