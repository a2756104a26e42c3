import { lookup } from 'node:dns/promises';
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import type { Address } from './address.ts';

export const hostsFile =
  process.platform === 'win32' ? 'C:\\Windows\\System32\\drivers\\etc\\hosts' : '/etc/hosts';
export const switchFile = '/etc/nsswitch.conf';

/**
 * Sources of names that know nothing beyond the hosts file, the name servers, and names that `isLocal` finds: the latter are
 * always left to the system.
 */
const ordinarySources = /^(files|dns|resolve|myhostname|mdns\d?_minimal)$/;

export async function systemLookup(host: string): Promise<Address[]> {
  const found = await lookup(host, { all: true });
  return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
}

/** Whether a name may be of the local network, where no name server but only the system knows it. */
export function isLocal(name: string): boolean {
  return !name.includes('.') || name.endsWith('.local');
}

/** Whether the system knows names from elsewhere than the hosts file and name servers (NSS, `man nsswitch.conf`). */
export function hasOtherSources(path: string, platform = process.platform): boolean {
  // There is no such file: names may come from anywhere.
  if (platform === 'win32' || platform === 'darwin') return true;
  const [, sources = ''] = /^\s*hosts:([^#\n]*)/m.exec(textOf(path)) ?? [];
  const named = sources
    .replace(/\[[^\]]*\]/g, ' ')
    .split(/\s+/)
    .filter(Boolean);
  return named.some((source) => !ordinarySources.test(source));
}

/** Reads the hosts file, which takes precedence over name servers, as in every other program. */
export function readHosts(path: string): Map<string, Address[]> {
  const hosts = new Map<string, Address[]>();
  for (const line of textOf(path).split('\n')) {
    const [address = '', ...names] = line.replace(/#.*/, '').trim().split(/\s+/);
    const family = isIP(address);
    if (family === 0) continue;
    for (const name of names) {
      const addresses = hosts.get(name.toLowerCase()) ?? [];
      addresses.push({ address, family: family === 6 ? 6 : 4 });
      hosts.set(name.toLowerCase(), addresses);
    }
  }
  return hosts;
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
