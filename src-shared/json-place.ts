/** Where a text stops being JSON, from the words of the error: engines name a position, or quote what stands there. Undefined where neither tells. */
export function jsonLine(text: string, message: string): number | undefined {
  const place = placeIn(text, message)
  return place === undefined ? undefined : text.slice(0, place).split('\n').length
}

/** So many characters stand before the wrong one in a quote that was cut. */
const quoted = 10

function placeIn(text: string, message: string): number | undefined {
  const position = /position (\d+)/.exec(message)?.[1]
  if (position !== undefined) return Number(position)
  if (message.includes('Unexpected end')) return text.length
  const [, cut = '', quote = ''] = /, (\.\.\.)?"([\s\S]*)"(?:\.\.\.)? is not valid JSON$/.exec(message) ?? []
  if (quote === '') return undefined
  const at = text.indexOf(quote)
  if (at < 0 || text.indexOf(quote, at + 1) >= 0) return undefined
  const wrong = /Unexpected token '(.)/u.exec(message)?.[1] ?? ''
  return at + (cut === '' ? Math.max(0, quote.indexOf(wrong)) : quoted)
}
