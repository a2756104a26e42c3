import ipaddr from 'ipaddr.js';

/**
 * Whether an address belongs to the public network: only what ipaddr.js calls unicast. Not public are loopback,
 * private, link-local, carrier-grade NAT, multicast, unspecified, reserved and documentation ranges. IPv4 addresses
 * inside IPv6 ones (mapped, NAT64, 6to4, Teredo) are judged by the IPv4 address, or refused.
 */
export function isPublicAddress(address: string): boolean {
  const zone = address.indexOf('%');
  const bare = zone === -1 ? address : address.slice(0, zone);
  if (!ipaddr.isValid(bare)) return false;
  const parsed = ipaddr.parse(bare);
  if (parsed instanceof ipaddr.IPv4) return parsed.range() === 'unicast';
  if (parsed.isIPv4MappedAddress()) return parsed.toIPv4Address().range() === 'unicast';
  if (parsed.range() === 'rfc6052') {
    const last = parsed.toByteArray().slice(12);
    return new ipaddr.IPv4(last).range() === 'unicast';
  }
  return parsed.range() === 'unicast' && !isIPv4Compatible(parsed.toByteArray());
}

/** ::a.b.c.d is long deprecated (RFC 4291, 2.5.5.1), but some network stacks still treat it as an IPv4 address. */
function isIPv4Compatible(bytes: number[]): boolean {
  return bytes.slice(0, 12).every((byte) => byte === 0);
}
