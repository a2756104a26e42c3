import { t } from '../../../../languages/translate.ts';
import type { Row, RowOrder } from '../../../../shared/ipc/run.ts';
import { bytes, count, duration } from '../../../lib/format.ts';

/** The columns of the list after the state, in their order; each is sorted by. */
export const tableColumns = [
  { order: 'name', heading: () => t('Name') },
  { order: 'place', heading: () => t('Place') },
  { order: 'size', heading: () => t('Size') },
  { order: 'pixels', heading: () => t('Pixels') },
  { order: 'time', heading: () => t('Time') },
  { order: 'tries', heading: () => t('Tries') },
] as const satisfies readonly { readonly order: RowOrder; readonly heading: () => string }[];

/** Those of a function of the person's own: what it returned takes the room of two others. */
export const valueColumns = [
  { order: 'name', heading: () => t('Name') },
  { order: 'place', heading: () => t('Place') },
  { order: 'value', heading: () => t('Value') },
  { order: 'time', heading: () => t('Time') },
] as const;

/** Before and after, where both are known and differ: what is fetched is saved as it came. */
export function sizeOf({ bytesIn, bytesOut, state }: Row): string {
  if (bytesIn !== undefined && bytesOut !== undefined && bytesIn !== bytesOut) {
    return `${bytes(bytesIn)} → ${bytes(bytesOut)}`;
  }
  const one = bytesOut ?? (state === 'done' ? bytesIn : undefined);
  return one === undefined ? '' : bytes(one);
}

export function pixelsOf({ width, height }: Row): string {
  return width !== undefined && height !== undefined ? `${width} × ${height}` : '';
}

/** What was skipped was only looked at: how long that took says nothing of the item. */
export function timeOf({ ms, state }: Row): string {
  return ms === undefined || state === 'skipped' ? '' : duration(ms);
}

export function triesOf({ tries }: Row): string {
  return tries === undefined ? '' : count(tries);
}
