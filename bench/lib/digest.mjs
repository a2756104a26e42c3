import { createHash } from 'node:crypto';

/** Keeps a core busy for some milliseconds: a task for `shoal map` that only computes. */
export default (item) => {
  let digest = item;
  for (let round = 0; round < 4_000; round += 1) digest = createHash('sha256').update(digest).digest('hex');
  return digest;
};
