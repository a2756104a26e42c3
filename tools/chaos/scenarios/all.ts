import type { Scenario } from '../scenario.ts';
import { fullDisks } from './disk-full.ts';
import { fewFiles } from './few-files.ts';
import { kills } from './kills.ts';
import { ledgers } from './ledgers.ts';
import { signalled } from './signals.ts';
import { symlinks } from './symlinks.ts';
import { twoAtOnce } from './two-at-once.ts';
import { vanishing } from './vanishing.ts';

/** In the order in which they are run: what is most likely to happen to a person comes first. */
export const scenarios: readonly Scenario[] = [
  ...kills,
  ...signalled,
  ...twoAtOnce,
  ...symlinks,
  ...fullDisks,
  ...fewFiles,
  ...ledgers,
  ...vanishing,
];
