import { utilityProcess, type MessagePortMain } from 'electron'
import type { EngineControl, EngineReport } from '../src-shared/contract/control'

/** The engine as a running process. After `onExit` nothing may be posted to it. */
export interface EngineProcess<Port = MessagePortMain> {
  readonly pid: () => number | undefined
  readonly post: (control: EngineControl, ports?: Port[]) => void
  /** At once, whatever it is doing; a stopped or looping process too. */
  readonly kill: () => void
}

export interface EngineEvents {
  readonly onReport: (report: EngineReport) => void
  readonly onExit: (code: number) => void
}

/** Starts the bundled engine in a utility process; it keeps its tape in `tape`, a folder. */
export function forkEngine(file: string, tape: string, { onReport, onExit }: EngineEvents): EngineProcess {
  const child = utilityProcess.fork(file, [`--tape=${tape}`], {
    serviceName: 'steelyard-engine',
    // Frames live for milliseconds: a small nursery keeps the collector's pauses short and the memory low.
    execArgv: ['--max-semi-space-size=4']
  })
  child.on('message', onReport)
  child.once('exit', onExit)
  return {
    pid: () => child.pid,
    post: (control, ports = []) => {
      child.postMessage(control, ports)
    },
    kill: () => {
      // child.kill() asks politely, and a process that hangs does not listen.
      if (child.pid === undefined) child.kill()
      else process.kill(child.pid, 'SIGKILL')
    }
  }
}
