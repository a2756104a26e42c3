/**
 * A URL's host in plain form: an IPv6 address without its brackets, a name without trailing dots. The URL parser has
 * done the rest: case, percent-encoding, full-width characters, IPv4 addresses written as numbers.
 */
export function bareHost(hostname: string): string {
  // A host of dots alone is kept: the empty name would mean this machine.
  return hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.+$/, '') || hostname;
}

/** Names for loopback in the hosts files of many systems, besides those of RFC 6761. */
const loopbackAliases = new Set([
  'localhost6',
  'ip6-localhost',
  'ip6-loopback',
  'localhost.localdomain',
  'localhost6.localdomain6',
]);

/** Whether a plain host name means this machine by definition. */
export function isLoopbackName(name: string): boolean {
  return name === 'localhost' || name.endsWith('.localhost') || loopbackAliases.has(name);
}

/** Domains that are never public (RFC 6762 with its appendix G, RFC 8375, and ICANN's choice of `internal`). */
const privateDomains = /\.(local|localdomain|internal|intranet|private|corp|home|lan|home\.arpa)$/;

/** Whether a plain host name can only belong to a private network. That includes all names of a single label. */
export function isPrivateName(name: string): boolean {
  return !name.includes('.') || privateDomains.test(name);
}
