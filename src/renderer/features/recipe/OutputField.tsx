import { Button } from '@mantine/core';
import { t } from '../../../languages/translate.ts';
import type { JobKind } from '../../stores/inputs.ts';
import { chooseOutput, jobStore, usualOutput } from '../../stores/job.ts';
import { useStore } from '../../stores/use-store.ts';
import classes from './OutputField.module.css';

function usual(kind: JobKind): string {
  return kind === 'fetch' ? t('Shoal, in Downloads') : t('thumbs in each folder');
}

export function OutputField({ kind }: { readonly kind: JobKind }) {
  const output = useStore(jobStore, ({ outputs }) => outputs[kind]);
  return (
    <div>
      <div className={classes.label}>{t('Output folder')}</div>
      <div className={classes.row}>
        <span className={classes.path} data-chosen={output !== undefined} title={output?.display}>
          {/* Shows the end of the path, because that is what tells folders apart. */}
          <bdi>{output?.display ?? usual(kind)}</bdi>
        </span>
        {output !== undefined && (
          <Button variant="subtle" size="compact-xs" onClick={() => usualOutput(kind)}>
            {t('Reset')}
          </Button>
        )}
        <Button variant="default" size="compact-xs" onClick={() => void chooseOutput(kind)}>
          {t('Choose…')}
        </Button>
      </div>
    </div>
  );
}
