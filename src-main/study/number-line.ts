/**
 * The comma separated numbers of a line, or in words what is wrong with it. `names` are the columns it must have, in order; more of them only when
 * `isOpen`.
 */
export function numbersOf(line: Buffer, names: readonly string[], isOpen = false): number[] | string {
  const fields = line.toString('latin1').trimEnd().split(',')
  if (fields.length < names.length || (!isOpen && fields.length > names.length))
    return `${fields.length} columns instead of ${names.length} (${names.join(', ')})`
  const numbers = fields.map((field) => (field.trim() === '' ? NaN : Number(field)))
  const odd = numbers.findIndex((it) => !Number.isFinite(it))
  return odd === -1
    ? numbers
    : `column ${odd + 1}${names[odd] === undefined ? '' : `, ${names[odd]},`} is no number: "${fields[odd]!.slice(0, 40)}"`
}
