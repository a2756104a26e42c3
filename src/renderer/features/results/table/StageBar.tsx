import type { CSSProperties } from 'react';
import type { Row } from '../../../../shared/ipc/run.ts';
import { partOf } from '../../../lib/stage-parts.ts';
import { partsOf, wordsOf } from '../../../lib/stage-shares.ts';
import classes from './StageBar.module.css';

/** How an item's time is divided among its stages. */
export function StageBar({ shares }: { readonly shares: NonNullable<Row['stages']> }) {
  const words = wordsOf(shares);
  return (
    <span className={classes.bar} role="img" aria-label={words} title={words}>
      {partsOf(shares).map(({ stage, share }) => (
        <span key={stage} data-part={partOf[stage]} style={{ '--share': share } as CSSProperties} />
      ))}
    </span>
  );
}
