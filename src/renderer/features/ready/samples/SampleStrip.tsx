import { Loader, UnstyledButton } from '@mantine/core';
import { IconPhotoOff } from '@tabler/icons-react';
import { useState } from 'react';
import { t, told } from '../../../../languages/translate.ts';
import { titleOf } from '../../../../shared/error-codes/error-codes.ts';
import type { Sample } from '../../../../shared/ipc/samples.ts';
import { bytes } from '../../../lib/format.ts';
import { thumbAddress } from '../../../lib/thumb-address.ts';
import { chooseSample, samplesStore } from '../../../stores/samples.ts';
import { useStore } from '../../../stores/use-store.ts';
import { Compare } from '../../inspector/Compare.tsx';
import classes from './SampleStrip.module.css';

/** How high the large one is at most, and how wide a small thumbnail is shown, in pixels. */
const mostHigh = 360;
const leastLarge = 420;

/** Some of the images as they will look, and one of them large over its original. */
export function SampleStrip() {
  const { samples, loading, chosen } = useStore(samplesStore, (state) => state);
  if (samples.length === 0) return null;
  const place = Math.min(chosen, samples.length - 1);
  const sample = samples[place] as Sample;
  return (
    <section className={classes.samples} aria-label={t('How they will look')} aria-busy={loading}>
      <h3 className={classes.heading}>
        {t('How they will look')}{' '}
        <span>{t('{{count, number}} images of yours, at these settings', { count: samples.length })}</span>
        {loading && <Loader size={12} color="gray" role="img" aria-label={t('Making samples')} />}
      </h3>
      <div className={classes.strip}>
        {samples.map((each, at) => (
          <UnstyledButton
            // Two of them may have the same name: only their place tells them apart.
            // biome-ignore lint/suspicious/noArrayIndexKey: the list is never reordered
            key={at}
            className={classes.cell ?? ''}
            aria-pressed={at === place}
            aria-label={`${each.name}, ${wordsOf(each)}`}
            title={each.name}
            data-state={each.state}
            onClick={() => chooseSample(at)}
          >
            {each.result !== undefined ? (
              <img src={thumbAddress(each.result)} alt="" />
            ) : (
              each.state !== 'waiting' && <IconPhotoOff size={18} stroke={1.5} aria-hidden />
            )}
          </UnstyledButton>
        ))}
      </div>
      <LargeSample key={place} sample={sample} />
    </section>
  );
}

function LargeSample({ sample }: { readonly sample: Sample }) {
  const [pixels, setPixels] = useState<string>();
  const { name, width, height, bytesIn, bytesOut, withoutOriginal } = sample;
  if (sample.result === undefined) {
    return (
      <p className={classes.none} data-failed={sample.state === 'failed'}>
        <b className="selectable">{name}</b> {wordsOf(sample)}
      </p>
    );
  }
  const facts = factsOf(`${width} × ${height}`, bytesOut);
  return (
    <div className={classes.large} style={{ maxWidth: mostWide(width, height) }}>
      <Compare
        details={{ row: sample, result: sample.result, original: sample.original }}
        tags={{
          original: t('Original {{facts}}', { facts: factsOf(pixels, bytesIn) }),
          result: t('Thumbnail {{facts}}', { facts }),
        }}
        onOriginal={(wide, high) => setPixels(`${wide} × ${high}`)}
      />
      <p className={`${classes.facts} numbers`}>
        <span className={`${classes.name} selectable`}>{name}</span>
        {withoutOriginal !== undefined && (
          <span>
            {t('Thumbnail {{facts}}, of {{size}}. {{reason}}', {
              facts,
              size: bytes(bytesIn ?? 0),
              reason: withoutOriginal,
            })}
          </span>
        )}
      </p>
    </div>
  );
}

/** How many pixels a picture has is known once it is drawn. */
function factsOf(pixels: string | undefined, size: number | undefined): string {
  return [pixels, size === undefined ? undefined : bytes(size)]
    .filter((fact) => fact !== undefined)
    .join(', ');
}

/** As wide as its height allows, and not so large that a small thumbnail is but a blur. */
function mostWide(width = 1, height = 1): number {
  return Math.min((mostHigh * width) / height, Math.max(leastLarge, 2 * width));
}

function wordsOf({ state, error, width, height }: Sample): string {
  switch (state) {
    case 'waiting':
      return t('is being made');
    case 'late':
      return t('takes too long to be shown here');
    case 'failed':
      return error === undefined ? t('failed') : `${told(titleOf(error.code))}: ${error.message}`;
    case 'made':
      return `${width} × ${height}`;
  }
}
