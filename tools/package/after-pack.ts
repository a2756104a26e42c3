import { join } from 'node:path';
import { restoreManifest } from './trim-manifest.ts';

restoreManifest(join(import.meta.dirname, '../..'));
