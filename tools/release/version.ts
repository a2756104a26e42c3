const semantic = /^\d+\.\d+\.\d+(-[0-9A-Za-z]+(\.[0-9A-Za-z]+)*)?$/;

/** The version that a tag releases. @throws unless it is the one in package.json: installers and updates take theirs from there. */
export function versionOfTag(tag: string, packageVersion: string): string {
  if (!semantic.test(packageVersion)) {
    throw new Error(`package.json has the version ${packageVersion}, which is not X.Y.Z or X.Y.Z-beta.N.`);
  }
  if (tag !== `v${packageVersion}`) {
    throw new Error(
      `The tag is ${tag}, and package.json has the version ${packageVersion}: v${packageVersion} would fit.`,
    );
  }
  return packageVersion;
}
