/** What of package.json tells where we are. */
export interface Addresses {
  readonly homepage?: unknown;
  readonly bugs?: unknown;
  readonly repository: { readonly url: string };
}

/** Fields of package.json that have an address which is not ours yet. The links of README, updates and reports of crashes follow from them. */
export function placeholdersIn(manifest: Addresses): string[] {
  const addresses = { homepage: manifest.homepage, bugs: manifest.bugs, repository: manifest.repository.url };
  return Object.entries(addresses)
    .filter(([, address]) => String(address).includes('placeholder'))
    .map(([field]) => field);
}
