import type { AlertSide } from '../../../src-shared/alert'
import type { Rule } from '../../../src-shared/rule'
import { MostOf } from './hold'
import { FigureLeaf } from './leaves/figure'
import type { Limits, Machine, Said } from './machine'
import { freshMachine, houseLimits } from './machine'
import type { Level, Node } from './node'
import { between, on, past } from './node'
import { step } from './step'

/** Levels from the history are taken anew this often, ms; while it learns, more often. */
const refreshMs = 60_000
const learningRefreshMs = 5_000
const silence: readonly Said[] = []

/** One machine of a rule: one instrument, side and direction. */
export class Half {
  readonly side: AlertSide
  /** It fires for the condition's end. */
  readonly isOver: boolean
  readonly node: Node
  machine: Machine = freshMachine
  /** Wall clock of the beginning of the running episode; NaN before the first. */
  episodeAt = NaN
  /** The leading figure where it was farthest in the running episode. */
  peakValue = NaN
  readonly #stepUp: Node | undefined
  #isSteppedUp = false
  readonly #limits: Limits
  readonly #hold: MostOf | undefined
  /** When its levels are taken anew, monotonic ms; NaN before the first sample. */
  refreshAt = NaN
  #refreshMs = NaN
  readonly #turn: number
  /** Its condition, where that is one figure against two levels and nothing else. */
  readonly plain: FigureLeaf | undefined

  /** @param turn in [0, 1): its place among all others, so that not all take their levels anew in the same sample */
  constructor(
    rule: Rule,
    side: AlertSide,
    isOver: boolean,
    node: Node,
    stepUp: Node | undefined,
    turn: number
  ) {
    this.#turn = turn
    this.side = side
    this.isOver = isOver
    this.node = node
    this.#stepUp = stepUp
    this.#hold = rule.hold === 'most' && rule.minMs > 0 ? new MostOf(rule.minMs) : undefined
    const isPlain = node instanceof FigureLeaf && node.isFixed && !stepUp && !this.#hold
    this.plain = isPlain ? node : undefined
    const { minMs, rearmMs, cooldownMs, repeatMs, deferFire, fireIfAlreadyTrue } = rule
    this.#limits = {
      ...houseLimits,
      ...{ on, off: between, rearmMs, cooldownMs, repeatMs, deferFire, fireIfAlreadyTrue },
      minMs: this.#hold ? 0 : minMs
    }
  }

  /** One sample. @param before monotonic time of the sample before it, NaN for the first */
  see(mono: number, before: number): readonly Said[] {
    this.#refresh(mono)
    const raw = this.node.level(mono)
    const level = this.#hold ? this.#hold.see(mono, raw) : raw
    const shown = this.node.lead?.shown ?? NaN
    const isGap = mono - before > this.#limits.maxGapMs
    const said =
      !isGap && this.#isSettled(level, shown, mono) ? silence : this.#step(level, shown, mono, before)
    return this.#stepUp ? this.#climb(said, mono) : said
  }

  forget(): void {
    this.node.forget()
    this.#stepUp?.forget()
    this.#hold?.forget()
  }

  get isFiring(): boolean {
    const { phase, prior } = this.machine
    const seen = phase === 'BLIND' ? prior : phase
    return seen === 'FIRING' || seen === 'RECOVERING'
  }

  /** Nothing that this sample says changes anything but the time of the last one. */
  #isSettled(level: Level, shown: number, mono: number): boolean {
    const { phase, since, peak, owes } = this.machine
    const { repeatMs, minMs, rearmMs } = this.#limits
    switch (phase) {
      case 'START':
      case 'BLIND':
        return Number.isNaN(level)
      case 'ARMED':
        return level < on
      case 'WAIT_RESET':
        return level >= between
      case 'PENDING':
        return level === on && mono - since < minMs
      case 'FIRING':
        return level >= between && !(shown > peak) && !owes && repeatMs === 0
      case 'RECOVERING':
        return level === past && mono - since < rearmMs && !(shown > peak)
      default:
        return phase satisfies never
    }
  }

  #step(level: Level, shown: number, mono: number, before: number): readonly Said[] {
    const { machine } = this
    const isCurrent = machine.phase === 'START' || machine.lastSampleAt === before
    const { state, said } = step(
      isCurrent ? machine : { ...machine, lastSampleAt: before },
      level,
      this.#limits,
      mono,
      shown
    )
    this.machine = state
    if (state.peak !== machine.peak) this.peakValue = this.node.lead?.value ?? NaN
    return said
  }

  /** Stronger than it was, once an episode. */
  #climb(said: readonly Said[], mono: number): readonly Said[] {
    const level = this.#stepUp?.level(mono) ?? NaN
    if (!this.isFiring) this.#isSteppedUp = false
    if (level !== on || this.#isSteppedUp || this.machine.phase !== 'FIRING') return said
    this.#isSteppedUp = true
    const { onSince, peak } = this.machine
    const climbed: Said = {
      ...{ notice: 'STEP_UP', at: mono, since: onSince, lastedMs: NaN, peak, suppressedBefore: 0 }
    }
    return [...said, climbed]
  }

  /** Levels do not move under a condition that is on. */
  #refresh(mono: number): void {
    if (mono < this.refreshAt) return
    const { phase } = this.machine
    if (phase !== 'START' && phase !== 'ARMED' && phase !== 'WAIT_RESET') return
    // Built a moment ago, it has the levels of now.
    if (!Number.isNaN(this.refreshAt)) {
      this.node.refresh()
      this.#stepUp?.refresh()
    }
    const every = this.node.learned < 1 ? learningRefreshMs : refreshMs
    // Its first of a kind waits for its turn too.
    this.refreshAt = mono + every * (every === this.#refreshMs ? 1 : 1 + this.#turn)
    this.#refreshMs = every
  }
}
