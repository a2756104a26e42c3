import type { Fit } from '../../../../shared/settings/choices.ts';
import classes from './Choices.module.css';

/** Where a landscape of three to two comes to lie with each fit, in a box of 20 by 20 in the middle of 48 by 36. */
const places: Readonly<Record<Fit, { x: number; y: number; width: number; height: number }>> = {
  inside: { x: 14, y: 11.5, width: 20, height: 13 },
  cover: { x: 14, y: 8, width: 20, height: 20 },
  contain: { x: 14, y: 11.5, width: 20, height: 13 },
  fill: { x: 14, y: 8, width: 20, height: 20 },
  outside: { x: 9, y: 8, width: 30, height: 20 },
};

/** What a fit does, drawn: the dashed box is the size that was asked for. */
export function FitPicture({ fit }: { readonly fit: Fit }) {
  const { x, y, width, height } = places[fit];
  // Cut, the land begins further down at the left than where all of it is seen.
  const rise = fit === 'cover' ? 0.68 : 0.9;
  const land = [
    [x, y + height * rise],
    [x + width, y + height * (fit === 'cover' ? 0.36 : 0.2)],
    [x + width, y + height],
    [x, y + height],
  ];
  return (
    <svg viewBox="0 0 48 36" className={classes.picture} aria-hidden="true">
      {fit === 'contain' && <rect className={classes.bars} x={14} y={8} width={20} height={20} />}
      <rect className={classes.sky} {...{ x, y, width, height }} />
      <polygon className={classes.land} points={land.map((point) => point.join()).join(' ')} />
      <rect className={classes.box} x={13.5} y={7.5} width={21} height={21} />
    </svg>
  );
}
