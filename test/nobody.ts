import { chownSync } from 'node:fs';

const nobody = 65_534;

/** Permissions do not bind root, so where the tests are root a command that they should bind runs as nobody. */
export const asNobody = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {};

export function ownedByNobody(...folders: string[]): void {
  if ('uid' in asNobody) for (const folder of folders) chownSync(folder, nobody, nobody);
}
