import type { Alert } from '../../src-shared/alert'
import { mostSoundSeconds, soundFault } from '../../src-shared/alerts/sounds'
import { notesOf } from './tones'

/** What came of it: `detail` says why nothing was heard. */
export interface Heard {
  readonly ok: boolean
  readonly detail: string
}

/** The one way to the loudspeaker. Its limiter keeps sounds that meet from adding up. */
interface Desk {
  readonly context: AudioContext
  readonly into: AudioNode
}
let desk: Desk | undefined

function opened(): Desk {
  // A device that went away takes its context with it.
  if (desk?.context.state === 'closed') desk = undefined
  if (desk) return desk
  const context = new AudioContext()
  const limiter = new DynamicsCompressorNode(context, { threshold: -12, knee: 0, ratio: 20, attack: 0.002 })
  limiter.connect(context.destination)
  desk = { context, into: limiter }
  return desk
}

/**
 * Plays an alert.
 * @param volume in [0, 1]
 */
export async function play(alert: Pick<Alert, 'side' | 'severity'>, volume: number): Promise<Heard> {
  try {
    const { context, into } = opened()
    if (context.state === 'suspended') await context.resume()
    for (const { hertz, at, lasts } of notesOf(alert)) {
      const begins = context.currentTime + at
      const tone = new OscillatorNode(context, { type: 'triangle', frequency: hertz })
      const loudness = new GainNode(context, { gain: 0 })
      // Ramps, for a tone that is switched on at once clicks.
      loudness.gain.setTargetAtTime(volume * 0.5, begins, 0.01)
      loudness.gain.setTargetAtTime(0, begins + lasts * 0.6, 0.03)
      tone.connect(loudness).connect(into)
      tone.start(begins)
      tone.stop(begins + lasts + 0.1)
    }
    return { ok: true, detail: 'played in the window' }
  } catch (error) {
    desk = undefined
    return { ok: false, detail: error instanceof Error ? error.message : String(error) }
  }
}

/** Why bytes are no sound that can be an alert, in words; empty when they are. */
export async function soundProblem(bytes: Uint8Array): Promise<string> {
  const fault = soundFault(bytes)
  if (fault !== '') return fault
  try {
    const { duration } = await opened().context.decodeAudioData(bytes.slice().buffer)
    return duration > mostSoundSeconds
      ? `The sound lasts ${duration.toFixed(1)} s; ${mostSoundSeconds} s is the most.`
      : ''
  } catch {
    return 'The file cannot be played: it is damaged, or of a kind that this app does not know.'
  }
}

/** Plays a sound of the user's, through the same limiter. @param volume in [0, 1] */
export async function playOwn(bytes: Uint8Array, volume: number): Promise<Heard> {
  try {
    const { context, into } = opened()
    if (context.state === 'suspended') await context.resume()
    const buffer = await context.decodeAudioData(bytes.slice().buffer)
    const source = new AudioBufferSourceNode(context, { buffer })
    source.connect(new GainNode(context, { gain: volume })).connect(into)
    source.start(0, 0, mostSoundSeconds)
    return { ok: true, detail: 'your own sound, played in the window' }
  } catch (error) {
    return { ok: false, detail: error instanceof Error ? error.message : String(error) }
  }
}

/** Says `words` with a voice of the system's. What still waits to be said gives way: news first. */
export function say(words: string, volume: number): Promise<Heard> {
  return new Promise((done) => {
    if (!('speechSynthesis' in window) || speechSynthesis.getVoices().length === 0) {
      done({ ok: false, detail: 'this system has no voice' })
      return
    }
    const utterance = new SpeechSynthesisUtterance(words.slice(0, 200))
    utterance.volume = volume
    utterance.onend = () => {
      done({ ok: true, detail: 'said in the window' })
    }
    utterance.onerror = ({ error }) => {
      done({ ok: false, detail: error })
    }
    speechSynthesis.cancel()
    speechSynthesis.speak(utterance)
  })
}
