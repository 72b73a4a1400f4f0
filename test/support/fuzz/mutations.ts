import { between, oneOf } from '../sim-venue/chance'

const numbers = [
  ...['NaN', 'Infinity', '1e400', '-1', '0', '1e-9', '9007199254740993', '18446744073709551616', '""'],
  ...['null', '"1.2.3"', '{}', '[]', '"\\ud800"', '1.5', '"0x10"', '" 1"', '"1e5"', '-0', '007', 'true']
]
const whole = ['', '{}', '[]', 'null', '<html>502</html>', '\u0000', '\ufeff{}']

/** Breaks one thing in a frame and keeps the shape of most of it. `other` is another frame of the same line. */
export function mutated(text: string, other: string, chance: () => number): string {
  const at = Math.floor(chance() * text.length)
  switch (between(chance, 0, 11)) {
    case 0:
      return text.slice(0, at)
    case 1:
      return text.slice(0, at) + String.fromCharCode(between(chance, 1, 255)) + text.slice(at + 1)
    case 2:
      return text.slice(0, at) + other.slice(Math.floor(chance() * other.length))
    case 3:
    case 4:
      return withOne(text, /"?-?\d+(\.\d+)?"?/g, chance, () => oneOf(chance, numbers))
    case 5:
      // One key is missing, or another, or there twice.
      return withOne(text, /"\w+":/g, chance, (key) =>
        oneOf(chance, ['"__proto__":', '"x":', `${key}1,${key}`])
      )
    case 6:
      return (
        text.slice(0, at) + '['.repeat(between(chance, 1, chance() < 0.05 ? 10_000 : 40)) + text.slice(at)
      )
    case 7:
      // A level, an entry or a whole object is gone.
      return withOne(text, /,?[[{][^[\]{}]*[\]}]/g, chance, () => '')
    case 8:
      return withOne(text, /\d/g, chance, (digit) => String((Number(digit) + between(chance, 1, 9)) % 10))
    case 9:
      return withOne(text, /"[^"]*"/g, chance, () => oneOf(chance, ['""', '"\u202e"', '"BTCUSDT"', '"x\\"']))
    case 10:
      return withOne(text, /"[^"]*"|[\d.]+/g, chance, (it) =>
        it.startsWith('"') ? it.slice(1, -1) : `"${it}"`
      )
    default:
      return oneOf(chance, [...whole, other + text, `${text} ${text}`, `${text},`, `${text} `])
  }
}

/** The text with one of the places that match replaced. */
function withOne(text: string, places: RegExp, chance: () => number, put: (found: string) => string): string {
  places.lastIndex = Math.floor(chance() * text.length)
  const hit = places.exec(text) ?? ((places.lastIndex = 0), places.exec(text))
  return hit ? text.slice(0, hit.index) + put(hit[0]) + text.slice(hit.index + hit[0].length) : text
}
