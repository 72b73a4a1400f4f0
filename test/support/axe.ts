import axe from 'axe-core'

/** What axe finds wrong, in words. Contrast needs real pixels and is checked elsewhere. */
export async function faultsOf(element: Element): Promise<string[]> {
  const { violations } = await axe.run(element, { rules: { 'color-contrast': { enabled: false } } })
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`)
}
