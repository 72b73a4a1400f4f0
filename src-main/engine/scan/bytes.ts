/**
 * The bytes of a JSON text. They are imported, because the bundler writes only imported constants in place of their names, and to V8 a name at the top of
 * a bundle is a variable to be read anew for every byte.
 */
export const SPACE = 0x20
export const QUOTE = 0x22
export const PLUS = 0x2b
export const COMMA = 0x2c
export const MINUS = 0x2d
export const POINT = 0x2e
export const ZERO = 0x30
export const NINE = 0x39
export const COLON = 0x3a
export const OPEN_ARRAY = 0x5b
export const BACKSLASH = 0x5c
export const CLOSE_ARRAY = 0x5d
export const LETTER_E = 0x65
export const LETTER_F = 0x66
export const LETTER_N = 0x6e
export const LETTER_T = 0x74
export const OPEN_OBJECT = 0x7b
export const CLOSE_OBJECT = 0x7d
