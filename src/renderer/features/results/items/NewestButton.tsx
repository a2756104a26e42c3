import { Button } from '@mantine/core';
import { IconArrowDown } from '@tabler/icons-react';
import { t } from '../../../../languages/translate.ts';
import classes from './NewestButton.module.css';

/** Takes a person who has scrolled away back to the end of the list. */
export function NewestButton({ onClick }: { readonly onClick: () => void }) {
  return (
    <Button
      className={classes.button ?? ''}
      radius="xl"
      variant="default"
      leftSection={<IconArrowDown size={14} />}
      onClick={onClick}
    >
      {t('Newest')}
    </Button>
  );
}
