import { Button } from '@mantine/core';
import { IconFolderSearch } from '@tabler/icons-react';
import { t } from '../../../languages/translate.ts';
import { keepGivenUpToDate } from '../../actions/watched-actions.ts';
import classes from './KeepGivenUpToDate.module.css';

/** Keeps the folder that was given up to date. */
export function KeepGivenUpToDate({ disabled }: { readonly disabled: boolean }) {
  return (
    <Button
      size="sm"
      variant="subtle"
      className={classes.keep ?? ''}
      disabled={disabled}
      leftSection={<IconFolderSearch size={18} stroke={1.6} aria-hidden />}
      title={t('What comes into this folder or changes in it is done by itself, with these settings')}
      onClick={() => void keepGivenUpToDate()}
    >
      <span className={classes.label}>{t('Keep this folder up to date')}</span>
    </Button>
  );
}
