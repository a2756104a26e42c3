import { Trans } from 'react-i18next';
import { t, words } from '../../../languages/translate.ts';
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
    <ul className={`${classes.sizes} numbers`} aria-label={t('Sizes tried')}>
      {sizes.map(({ size, perSecond }) => {
        const isKnee = size === knee;
        const told = t(
          isKnee
            ? '{{size}} at once: {{rate}} items/s, the knee: more does no more'
            : '{{size}} at once: {{rate}} items/s',
          { size, rate: rate(perSecond) },
        );
        const percent = (stopNearest(stops, size) / last) * 100;
        const place = {
          left: `${percent}%`,
          bottom: `${(perSecond / best) * 16}px`,
        };
        return (
          <li key={size} className={classes.size} data-knee={isKnee} style={place} title={told}>
            <span className={classes.words}>{told}</span>
            {isKnee && (
              // Never beyond the ends of the slider.
              <span className={classes.knee} style={{ transform: `translateX(-${percent}%)` }} aria-hidden>
                <Trans
                  i18n={words}
                  i18nKey="<b>{{size}}</b> knee"
                  values={{ size }}
                  components={{ b: <b /> }}
                />
              </span>
            )}
          </li>
        );
      })}
    </ul>
  );
}
