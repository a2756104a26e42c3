import { t } from '../../../languages/translate.ts';
import type { SizeTried } from '../../../shared/ipc/run.ts';
import type { HostsStanding } from '../../../shared/progress/hosts-standing.ts';

/** A size that does so much of what the best one does is as good. */
const asGood = 0.95;

/** The smallest size that does as much as the best, once a larger one has shown that it does no more. */
export function kneeOf(sizes: readonly SizeTried[]): number | undefined {
  const best = Math.max(...sizes.map(({ perSecond }) => perSecond));
  if (sizes.length < 2 || best <= 0) return undefined;
  const knee = sizes.find(({ perSecond }) => perSecond >= asGood * best);
  return knee === sizes.at(-1) ? undefined : knee?.size;
}

/** From which size on a larger one does nothing now, and why; undefined where the hosts would take any. */
export function usefulSize(
  hosts: HostsStanding | undefined,
  ceiling: number,
): { readonly size: number; readonly because: string } | undefined {
  if (hosts === undefined || hosts.mostAtOnce === 0 || hosts.mostAtOnce >= ceiling) return undefined;
  const left = hosts.hosts.reduce((sum, each) => sum + each.left, hosts.more.left) - hosts.heldLeft;
  const because = t(hosts.mostAtOnce >= left ? 'no more are left' : 'per-host limits');
  return { size: hosts.mostAtOnce, because };
}
