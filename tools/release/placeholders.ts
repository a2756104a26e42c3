import type { Manifest } from '../package/manifest.ts';

/** Fields of package.json that have an address which is not ours yet. The links of README, updates and reports of crashes follow from them. */
export function placeholdersIn(manifest: Manifest): string[] {
  const addresses = { homepage: manifest.homepage, bugs: manifest.bugs, repository: manifest.repository.url };
  return Object.entries(addresses)
    .filter(([, address]) => String(address).includes('placeholder'))
    .map(([field]) => field);
}
