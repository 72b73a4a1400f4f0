declare const unit: unique symbol
type Unit<Name extends string> = number & { readonly [unit]: Name }

/** A price counted in whole ticks of one instrument's price grid. Equal levels compare with `===`. */
export type Ticks = Unit<'ticks'>
/** A size counted in whole lots of one instrument's size grid. */
export type Lots = Unit<'lots'>
/** Milliseconds: Unix time in fields named `at` or `…At`, a span in fields named `…Ms` or `for`. */
export type Millis = Unit<'millis'>

export const ticks = (n: number): Ticks => n as Ticks
export const lots = (n: number): Lots => n as Lots
export const millis = (n: number): Millis => n as Millis
