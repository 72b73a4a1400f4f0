import type { Limits, Machine, Said } from './machine'

/** A known value, NaN for an unknown one, undefined for the caller's tick that carries none. */
export type Sample = number | undefined

export interface Stepped {
  readonly state: Machine
  readonly said: readonly Said[]
}

const silence: readonly Said[] = []

/**
 * One step of the alert machine: pure, no clock of its own. At most one sample per step, in time order; `now` in ms of a monotonic clock.
 * `shown` is what the peak is taken of, where the sample is a condition's level. Unknown never fires and never clears. The semantics stand in this folder's README; test vectors G1 to G29 are the reference.
 */
export function step(
  state: Machine,
  sample: Sample,
  rule: Limits,
  now: number,
  shown: number = sample ?? NaN
): Stepped {
  const gap = now - state.lastSampleAt > rule.maxGapMs
  const before = gap ? blinded(state, state.lastSampleAt) : state
  if (sample === undefined) return { state: before, said: silence }
  if (Number.isNaN(sample)) return { state: { ...blinded(before, now), lastSampleAt: now }, said: silence }
  const turn = new Turn(before, rule, now, shown)
  turn.see(sample)
  return { state: turn.state, said: turn.said }
}

/** START has nothing to remember, and an outage that runs keeps its beginning. */
function blinded(state: Machine, from: number): Machine {
  if (state.phase === 'START' || state.phase === 'BLIND') return state
  return { ...state, phase: 'BLIND', prior: state.phase, blindSince: from, since: from }
}

/** The handling of one known sample, on a copy that is its own until it is handed out. */
class Turn {
  readonly state: { -readonly [Field in keyof Machine]: Machine[Field] }
  said: readonly Said[] = silence
  readonly #rule: Limits
  readonly #now: number
  readonly #shown: number

  constructor(state: Machine, rule: Limits, now: number, shown: number) {
    this.state = { ...state, lastSampleAt: now }
    this.#rule = rule
    this.#now = now
    this.#shown = shown
  }

  see(value: number): void {
    this.#regainSight()
    this.#begin(value)
    this.#rise(value)
    this.#fall(value)
    this.#payDebt()
  }

  /** The first known sample after an outage sets the phase, and is then handled as an ordinary sample of that phase. */
  #regainSight(): void {
    const { phase, prior, blindSince } = this.state
    if (phase !== 'BLIND') return
    const firing = prior === 'FIRING' || prior === 'RECOVERING'
    if (this.#now - blindSince > this.#rule.revealMs) {
      if (firing) this.#end('ENDED_UNKNOWN', blindSince)
      this.#enter('START')
    } else if (firing) this.#enter('FIRING')
    // Known to be false before and true after a short outage is a genuine edge: not WAIT_RESET, which would lose it.
    else this.#enter(prior === 'WAIT_RESET' ? 'WAIT_RESET' : 'ARMED')
  }

  #begin(value: number): void {
    const { on, off, fireIfAlreadyTrue } = this.#rule
    if (this.state.phase === 'WAIT_RESET' && value < off) this.#enter('ARMED')
    if (this.state.phase !== 'START') return
    if (value < on || fireIfAlreadyTrue) {
      this.#enter('ARMED')
      return
    }
    this.#enter('WAIT_RESET')
    this.state.onSince = this.#now
    this.#say('ALREADY_ON')
  }

  #rise(value: number): void {
    const { on, minMs } = this.#rule
    if (this.state.phase === 'PENDING' && value < on) this.#enter('ARMED')
    if (this.state.phase === 'ARMED' && value >= on) {
      this.#enter('PENDING')
      this.state.onSince = this.#now
    }
    if (this.state.phase !== 'PENDING' || this.#now - this.state.since < minMs) return
    this.#enter('FIRING')
    this.state.firingSince = this.#now
    this.state.peak = this.#shown
    this.state.owes = false
    if (this.#cooledFor(this.#rule.cooldownMs)) this.#deliver('FIRE')
    else this.#suppress()
  }

  #fall(value: number): void {
    const { off, rearmMs } = this.#rule
    const { phase } = this.state
    if (phase !== 'FIRING' && phase !== 'RECOVERING') return
    if (this.#shown > this.state.peak) this.state.peak = this.#shown
    if (phase === 'FIRING' && value < off) this.#enter('RECOVERING')
    if (phase === 'RECOVERING' && !(value < off)) this.#enter('FIRING')
    if (this.state.phase !== 'RECOVERING' || this.#now - this.state.since < rearmMs) return
    this.#end('RESOLVED', this.state.since)
    this.#enter('ARMED')
  }

  #payDebt(): void {
    const { phase, owes } = this.state
    const { cooldownMs, repeatMs } = this.#rule
    if (phase !== 'FIRING') return
    if (owes) {
      if (this.#cooledFor(cooldownMs)) this.#deliver('FIRE_DEFERRED')
    } else if (repeatMs > 0 && this.#cooledFor(Math.max(cooldownMs, repeatMs))) this.#deliver('STILL_ON')
  }

  #enter(phase: Machine['phase']): void {
    this.state.since = this.#now
    this.state.phase = phase
  }

  /** The debt belongs to the episode and ends with it. */
  #end(notice: 'RESOLVED' | 'ENDED_UNKNOWN', endedAt: number): void {
    this.#say(notice, endedAt - this.state.firingSince)
    this.state.owes = false
  }

  #suppress(): void {
    this.state.suppressed++
    this.state.owes = this.#rule.deferFire
    this.#say('SUPPRESSED')
  }

  #deliver(notice: 'FIRE' | 'FIRE_DEFERRED' | 'STILL_ON'): void {
    this.#say(notice)
    this.state.lastDeliveredAt = this.#now
    this.state.suppressed = 0
    this.state.owes = false
  }

  #cooledFor(ms: number): boolean {
    const { lastDeliveredAt } = this.state
    return Number.isNaN(lastDeliveredAt) || this.#now - lastDeliveredAt >= ms
  }

  #say(notice: Said['notice'], lastedMs = NaN): void {
    const { onSince, peak, suppressed } = this.state
    const said: Said = {
      notice,
      at: this.#now,
      since: onSince,
      lastedMs,
      peak,
      suppressedBefore: suppressed
    }
    this.said = [...this.said, said]
  }
}
