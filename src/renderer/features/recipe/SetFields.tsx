import { Checkbox } from '@mantine/core';
import { t } from '../../../languages/translate.ts';
import { setKinds } from '../../../shared/settings/set-kinds.ts';
import { changeSession, jobStore } from '../../stores/job.ts';
import { useStore } from '../../stores/use-store.ts';
import classes from './SetFields.module.css';

const words = {
  gallery: () => t('Gallery, as a web page'),
  contactSheet: () => t('Contact sheet, as a PDF'),
  manifest: () => t('Manifest for web pages, as JSON'),
} as const;
const shown = ['gallery', 'contactSheet', 'manifest'] as const;

/** What is made of all thumbnails together. It gets its place and its name in the output folder. */
export function SetFields() {
  const sets = useStore(jobStore, ({ session }) => session.thumbnails.sets);
  return (
    <Checkbox.Group
      size="xs"
      label={t('Also make')}
      value={[...(sets ?? [])]}
      onChange={(chosen) => {
        const kinds = setKinds.filter((kind) => chosen.includes(kind));
        changeSession('thumbnails', 'sets', kinds.length > 0 ? kinds : undefined);
      }}
    >
      <div className={classes.kinds}>
        {shown.map((kind) => (
          <Checkbox key={kind} size="xs" value={kind} label={words[kind]()} />
        ))}
      </div>
    </Checkbox.Group>
  );
}
