import type { SizeTried } from '../../../shared/ipc/run.ts';
import { rate } from '../../lib/format.ts';
import { kneeOf } from './knee.ts';
import classes from './SizesTried.module.css';
import { stopNearest } from './stops.ts';

interface SizesTriedProps {
  readonly sizes: readonly SizeTried[];
  readonly stops: readonly number[];
}

/** The sizes that the run has had, as dots above the slider: the higher, the more the run did then. */
export function SizesTried({ sizes, stops }: SizesTriedProps) {
  if (sizes.length === 0) return null;
  const best = Math.max(...sizes.map(({ perSecond }) => perSecond), 1);
  const knee = kneeOf(sizes);
  const last = Math.max(1, stops.length - 1);
  return (
    <ul className={`${classes.sizes} numbers`} aria-label="Sizes tried">
      {sizes.map(({ size, perSecond }) => {
        const isKnee = size === knee;
        const words = `${size} at once: ${rate(perSecond)} items/s${isKnee ? ', the knee: more does no more' : ''}`;
        const percent = (stopNearest(stops, size) / last) * 100;
        const place = {
          left: `${percent}%`,
          bottom: `${(perSecond / best) * 16}px`,
        };
        return (
          <li key={size} className={classes.size} data-knee={isKnee} style={place} title={words}>
            <span className={classes.words}>{words}</span>
            {isKnee && (
              // Never beyond the ends of the slider.
              <span className={classes.knee} style={{ transform: `translateX(-${percent}%)` }} aria-hidden>
                <b>{size}</b> knee
              </span>
            )}
          </li>
        );
      })}
    </ul>
  );
}
