import { type Addresses, placeholdersIn } from './placeholders.ts';

export interface Feed {
  readonly provider: 'github';
  readonly owner: string;
  readonly repo: string;
}

/**
 * Where the app looks for newer versions: the releases of the repository that package.json names. Null while that is a
 * placeholder: whoever registered its name could hand out "updates".
 */
export function feedOf(manifest: Addresses): Feed | null {
  if (placeholdersIn(manifest).length > 0) return null;
  const { url } = manifest.repository;
  const [, owner, repo] = /^(?:git\+)?https:\/\/github\.com\/([^/]+)\/([^/]+?)(?:\.git)?$/.exec(url) ?? [];
  if (owner === undefined || repo === undefined)
    throw new Error(`package.json: expected a repository of https://github.com, got ${url}`);
  return { provider: 'github', owner, repo };
}
