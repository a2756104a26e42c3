import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { DistCheck } from '../tree.ts';

/** Where the app looks for newer versions is where package.json says that it is developed, and releases are made. */
export const check: DistCheck = {
  name: 'updates',
  async run({ root, packed }) {
    const feed = parse(readFileSync(join(packed, 'resources/app-update.yml'), 'utf8'));
    const { repository } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const [, owner, repo] = /github\.com\/([^/]+)\/([^/]+?)\.git$/.exec(repository.url) ?? [];
    if (feed.provider !== 'github' || feed.owner !== owner || feed.repo !== repo) {
      throw new Error(`app-update.yml has ${JSON.stringify(feed)}, package.json ${repository.url}`);
    }
    return undefined;
  },
};
