import { BlockList, isIP } from 'node:net'

/** Networks that nothing outside may be asked to reach (RFC 6890, RFC 4291): private, local, shared, documentation, multicast, reserved. */
const inner = new BlockList()
const networks: readonly (readonly [string, number, 'ipv4' | 'ipv6'])[] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.0.2.0', 24, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['198.51.100.0', 24, 'ipv4'],
  ['203.0.113.0', 24, 'ipv4'],
  ['224.0.0.0', 3, 'ipv4'],
  ['::', 96, 'ipv6'],
  ['64:ff9b::', 96, 'ipv6'],
  ['100::', 64, 'ipv6'],
  ['2001:db8::', 32, 'ipv6'],
  ['2002::', 16, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
  ['ff00::', 8, 'ipv6']
]
for (const [network, prefix, family] of networks) inner.addSubnet(network, prefix, family)

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

/** The address without its brackets, as a resolver or a URL's host writes it. */
const bare = (host: string): string => host.replace(/^\[|\]$/g, '')
const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4')

/** This very machine. `host` as URL writes it: 127.1, 0x7f.1 and 2130706433 have become 127.0.0.1. */
export function isThisMachine(host: string): boolean {
  const address = bare(host)
  if (address === 'localhost') return true
  return isIP(address) !== 0 && loopback.check(address, familyOf(address))
}

/** Whether a connection to `address` may be made for a host of that name: loopback only for a host that says so, and no inner network ever. */
export function mayReach(host: string, address: string): boolean {
  const family = isIP(address)
  if (family === 0) return false
  if (isThisMachine(host)) return loopback.check(address, familyOf(address))
  return !inner.check(address, familyOf(address))
}

export type Target =
  { readonly ok: true; readonly url: URL } | { readonly ok: false; readonly reason: string }

/** Where a webhook may go: https, or http to this very machine; no name and password in it; no inner address. */
export function targetOf(text: string): Target {
  let url: URL
  try {
    url = new URL(text)
  } catch {
    return { ok: false, reason: 'this is no address' }
  }
  const local = isThisMachine(url.hostname)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && local))
    return { ok: false, reason: 'an address must begin with https: (http: reaches this machine only)' }
  if (url.username !== '' || url.password !== '')
    return { ok: false, reason: 'an address must hold no name or password' }
  const host = bare(url.hostname)
  if (isIP(host) !== 0 && !mayReach(url.hostname, host))
    return { ok: false, reason: `${host} lies in a private network` }
  return { ok: true, url }
}
