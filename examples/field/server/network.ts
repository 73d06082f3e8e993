import { isIP } from 'node:net';

/**
 * The network of an address, by which logins are counted: of IPv6 the first 64 bits: its owner chooses the others. Some
 * proxies add the port, which is another for each connection.
 */
export function networkOf(address: string): string {
  const host = address.replace(/^\[([^\]]*)\](?::\d+)?$/, '$1').replace(/^(\d+(?:\.\d+){3}):\d+$/, '$1');
  const [ip = ''] = host.split('%');
  if (isIP(ip) !== 6) return host;
  const [first = '', last] = new URL(`http://[${ip}]`).hostname.slice(1, -1).split('::');
  const [before, after] = [first, last ?? ''].map((part) => part.split(':').filter((group) => group !== ''));
  const zeros = Array(8 - (before?.length ?? 0) - (after?.length ?? 0)).fill('0');
  const groups = [...(before ?? []), ...zeros, ...(after ?? [])];
  // Those of IPv4 written as IPv6 have nothing before their own bits.
  const isMapped = groups.slice(0, 4).every((group) => group === '0');
  return groups.slice(0, isMapped ? 8 : 4).join(':');
}
