import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { t } from '../../languages/translate.ts';
import type { Places as KnownPlaces, PlaceName } from '../../shared/first-start/places.ts';
import { request } from '../ipc/api.ts';
import { attempt } from '../stores/problem.ts';
import classes from './Places.module.css';

/** Where the app keeps what is its own, and where that goes which it makes. */
export function Places() {
  const [places, setPlaces] = useState<KnownPlaces>();
  useEffect(() => {
    void attempt(async () => setPlaces(await request('app:places')));
  }, []);
  if (places === undefined) return null;
  return (
    <dl className={classes.places}>
      <Place name="settings" label={t('Settings')} place={places.settings} />
      <Place name="history" label={t('History')} place={places.history} />
      <dt>{t('Thumbnails')}</dt>
      <dd>{t('in a folder “thumbs” beside your images, unless you choose another')}</dd>
    </dl>
  );
}

function Place({
  name,
  label,
  place,
}: {
  readonly name: PlaceName;
  readonly label: string;
  readonly place: string;
}) {
  const open = () => void attempt(() => request('app:open-place', { name }));
  return (
    <>
      <dt>{label}</dt>
      <dd>
        <span className="selectable">{place}</span>
        <Button
          variant="subtle"
          size="compact-xs"
          aria-label={t('Open: {{label}}', { label })}
          onClick={open}
        >
          {t('Open')}
        </Button>
      </dd>
    </>
  );
}
