import { t } from '../../languages/translate.ts';
import type { Row } from '../../shared/ipc/run.ts';
import type { Stage } from '../../shared/stages.ts';
import { stagesInOrder } from './stage-parts.ts';

const names: Readonly<Record<Stage, () => string>> = {
  host: () => t('waiting for the host'),
  dns: () => t('DNS'),
  connect: () => t('connecting'),
  tls: () => t('TLS'),
  firstByte: () => t('first byte'),
  body: () => t('body'),
  read: () => t('reading'),
  decode: () => t('decoding'),
  resize: () => t('resizing'),
  encode: () => t('encoding'),
  write: () => t('writing'),
};

/** How an item's time is divided: its stages in their order. */
export function partsOf(shares: NonNullable<Row['stages']>): { stage: Stage; share: number }[] {
  return stagesInOrder.flatMap((stage) => {
    const share = shares[stage];
    return share === undefined ? [] : [{ stage, share }];
  });
}

/** "reading 20 %, decoding 75 %, writing 5 %". */
export function wordsOf(shares: NonNullable<Row['stages']>): string {
  const parts = partsOf(shares);
  const sum = parts.reduce((total, { share }) => total + share, 0);
  return parts.map(({ stage, share }) => `${names[stage]()} ${Math.round((share / sum) * 100)} %`).join(', ');
}
