/**
 * A URL's host as it is meant, however it is written: an IPv6 address without its brackets, a name without the dots that
 * may stand at its end. The URL parser has done the rest: case, percent-encoding, width, numbers for IPv4.
 */
export function bareHost(hostname: string): string {
  // Of dots alone nothing would be left, which stands for this machine.
  return hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.+$/, '') || hostname;
}

/** Names that a hosts file gives to loopback on many systems, beside those of RFC 6761. */
const loopbackAliases = new Set([
  'localhost6',
  'ip6-localhost',
  'ip6-loopback',
  'localhost.localdomain',
  'localhost6.localdomain6',
]);

/** Whether a name, bare, is this machine's by itself. */
export function isLoopbackName(name: string): boolean {
  return name === 'localhost' || name.endsWith('.localhost') || loopbackAliases.has(name);
}

/** Domains that are nowhere public (RFC 6762 with its appendix G, RFC 8375, and ICANN's choice of `internal`). */
const privateDomains = /\.(local|localdomain|internal|intranet|private|corp|home|lan|home\.arpa)$/;

/** Whether a name, bare, can only be one of a network of its own: also any of a single label. */
export function isPrivateName(name: string): boolean {
  return !name.includes('.') || privateDomains.test(name);
}
