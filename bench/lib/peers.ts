import { spawnSync } from 'node:child_process';

/** Whether a peer is there: the command succeeds. */
export function isInstalled(command: string, ...args: string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

/** Names the peers that are left out, with what brings them. */
export function tellMissing(missing: readonly string[]): void {
  if (missing.length === 0) return;
  process.stdout.write(
    `Not installed, left out: ${missing.join(', ')}. Install them with: bash bench/install-peers.sh\n`,
  );
}
