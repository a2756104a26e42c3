import type { CSSProperties } from 'react';
import type { Row } from '../../../../shared/ipc/run.ts';
import { imageStages, type Stage, transferStages } from '../../../../shared/stages.ts';
import classes from './StageBar.module.css';

const names: Readonly<Record<Stage, string>> = {
  host: 'waiting for the host',
  dns: 'DNS',
  connect: 'connecting',
  tls: 'TLS',
  firstByte: 'first byte',
  body: 'body',
  read: 'reading',
  decode: 'decoding',
  resize: 'resizing',
  encode: 'encoding',
  write: 'writing',
};

/** As they follow each other: what is written last is the thumbnail, where there is one. */
const inOrder: readonly Stage[] = [...transferStages.filter((stage) => stage !== 'write'), ...imageStages];

/** How an item's time is divided among its stages. */
export function StageBar({ shares }: { readonly shares: NonNullable<Row['stages']> }) {
  const parts = inOrder.flatMap((stage) => {
    const share = shares[stage];
    return share === undefined ? [] : [{ stage, share }];
  });
  const sum = parts.reduce((total, { share }) => total + share, 0);
  const words = parts.map(({ stage, share }) => `${names[stage]} ${Math.round((share / sum) * 100)} %`);
  return (
    <span className={classes.bar} role="img" aria-label={words.join(', ')} title={words.join(', ')}>
      {parts.map(({ stage, share }) => (
        <span key={stage} data-stage={stage} style={{ '--share': share } as CSSProperties} />
      ))}
    </span>
  );
}
