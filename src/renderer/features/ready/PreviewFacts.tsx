import { Loader } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from '../../../languages/translate.ts';
import { readFormats } from '../../../shared/image-formats.ts';
import type { JobForecast, Preview } from '../../../shared/ipc/job.ts';
import type { JobKind } from '../../stores/inputs.ts';
import { workOf } from '../../stores/preview.ts';
import classes from './PreviewFacts.module.css';
import {
  alreadyThere,
  forecastWords,
  foundNothing,
  headline,
  isUnusable,
  removedWords,
  replacedWords,
} from './preview-words.ts';

interface PreviewFactsProps {
  readonly kind: JobKind;
  readonly preview: Preview | undefined;
  readonly loading: boolean;
  readonly problem: string | undefined;
  readonly forecast: JobForecast | undefined;
  /** Whether what is already there is made again. */
  readonly force: boolean;
  /** What the pictures will be like that are made; empty if none are. */
  readonly pictures: string;
}

export function PreviewFacts({
  kind,
  preview,
  loading,
  problem,
  forecast,
  force,
  pictures,
}: PreviewFactsProps) {
  if (problem !== undefined) {
    return (
      <section aria-label={t('Preview')}>
        <h2 className={classes.title}>{t('This cannot start yet')}</h2>
        <p className={`${classes.problem} selectable`} role="alert">
          {problem}
        </p>
      </section>
    );
  }
  // Where a function of the person's own writes, only it knows.
  const inSentence = preview !== undefined && preview.destination !== '' && workOf(preview) > 0;
  const replaced = preview && replacedWords(preview);
  const removed = preview && removedWords(preview);
  return (
    <section aria-label={t('Preview')} aria-busy={loading}>
      <h2 className={`${classes.title} numbers`}>
        {preview === undefined ? t('Counting…') : headline(kind, preview)}
        {inSentence && (
          <span className={classes.further}>
            {[...(pictures === '' ? [] : ['', pictures])].join(', ')} →{' '}
            <bdi className="selectable">{preview.destination}</bdi>
          </span>
        )}
        {loading && <Loader size={14} color="gray" role="img" aria-label={t('Counting')} />}
      </h2>
      {kind !== 'map' && preview !== undefined && !foundNothing(preview) && !isUnusable(preview) && (
        <dl className={classes.facts}>
          {!inSentence && (
            <Fact name={kind === 'fetch' ? t('Saved to') : t('Written to')}>
              <span className="selectable">{preview.destination}</span>
            </Fact>
          )}
          <Fact name={t('Already there')}>{alreadyThere(preview, force)}</Fact>
          {replaced !== undefined && <Fact name={t('Replaced')}>{replaced}</Fact>}
          {removed !== undefined && <Fact name={t('Removed')}>{removed}</Fact>}
          {forecast !== undefined && <Fact name={t('Forecast')}>{forecastWords(forecast)}</Fact>}
        </dl>
      )}
      {preview !== undefined && foundNothing(preview) && (
        <p className={classes.none}>
          {kind === 'map'
            ? t('What was given has no lines and no files.')
            : kind === 'fetch'
              ? t('The list has no line that is an http or https address.')
              : preview.contents.unread.length > 0
                ? t('Read are {{formats}}: convert the others first.', { formats: readFormats('and', t) })
                : t('There are no images in what was given. {{formats}} are looked for.', {
                    formats: readFormats('and', t),
                  })}
        </p>
      )}
    </section>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{name}</dt>
      <dd className="numbers">{children}</dd>
    </div>
  );
}
