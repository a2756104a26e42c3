import { Loader } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Preview } from '../../../shared/ipc/job.ts';
import { count, counted } from '../../lib/format.ts';
import type { JobKind } from '../../stores/inputs.ts';
import classes from './PreviewFacts.module.css';

interface PreviewFactsProps {
  readonly kind: JobKind;
  readonly preview: Preview | undefined;
  readonly loading: boolean;
  readonly problem: string | undefined;
}

export function PreviewFacts({ kind, preview, loading, problem }: PreviewFactsProps) {
  if (problem !== undefined) {
    return (
      <section aria-label="Preview">
        <h2 className={classes.title}>This cannot start yet</h2>
        <p className={`${classes.problem} selectable`} role="alert">
          {problem}
        </p>
      </section>
    );
  }
  return (
    <section aria-label="Preview" aria-busy={loading}>
      <h2 className={`${classes.title} numbers`}>
        {preview === undefined ? 'Counting…' : headline(kind, preview)}
        {loading && <Loader size={14} color="gray" aria-label="Counting" />}
      </h2>
      {preview !== undefined && preview.total > 0 && (
        <dl className={classes.facts}>
          <Fact name={kind === 'fetch' ? 'Saved to' : 'Written to'}>
            <span className="selectable" title={preview.destination}>
              {preview.destination}
            </span>
          </Fact>
          <Fact name="Already there">
            {preview.skipped === 0
              ? 'None; everything is new or has changed'
              : `${count(preview.skipped)} will be skipped, as nothing has changed`}
          </Fact>
        </dl>
      )}
      {preview !== undefined && preview.total === 0 && (
        <p className={classes.none}>
          {kind === 'fetch'
            ? 'The list has no line that is an http or https address.'
            : 'There are no images in what was given. JPEG, PNG, WebP, AVIF, GIF, TIFF and SVG are looked for.'}
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

function headline(kind: JobKind, { total, skipped, unusable, partial }: Preview): string {
  if (total === 0) return kind === 'fetch' ? 'No URLs found' : 'No images found';
  const work = total - skipped - unusable;
  const atLeast = partial ? 'at least ' : '';
  if (work <= 0) return skipped > 0 ? 'Everything is up to date' : 'Nothing here can be used';
  return kind === 'fetch'
    ? `Download ${atLeast}${counted(work, 'file')}`
    : `Make ${atLeast}${counted(work, 'thumbnail')}`;
}
