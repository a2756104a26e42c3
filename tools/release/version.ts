/** Other stages would have to be known by apps (which ask for the feed `rc.yml` first) and by packages: dpkg takes what follows a second `-` for a revision. */
const released = /^\d+\.\d+\.\d+(-beta\.\d+)?$/;

/** The version that a tag releases. @throws unless it is the one in package.json: installers and updates take theirs from there. */
export function versionOfTag(tag: string, packageVersion: string): string {
  if (!released.test(packageVersion)) {
    throw new Error(`package.json has the version ${packageVersion}, which is not X.Y.Z or X.Y.Z-beta.N.`);
  }
  if (tag !== `v${packageVersion}`) {
    throw new Error(
      `The tag is ${tag}, and package.json has the version ${packageVersion}: v${packageVersion} would fit.`,
    );
  }
  return packageVersion;
}
