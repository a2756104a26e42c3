/** Where the app looks for newer versions: the releases of the repository that package.json names. */
export function releasesOf(repository: { readonly url: string }) {
  const [, owner, repo] =
    /^(?:git\+)?https:\/\/github\.com\/([^/]+)\/([^/]+?)(?:\.git)?$/.exec(repository.url) ?? [];
  if (owner === undefined || repo === undefined)
    throw new Error(`package.json: expected a repository of https://github.com, got ${repository.url}`);
  return { provider: 'github' as const, owner, repo };
}
