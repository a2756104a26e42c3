import { Button } from '@mantine/core';
import { IconArrowDown } from '@tabler/icons-react';
import classes from './NewestButton.module.css';

/** The way back to the end, for who scrolled away from it. */
export function NewestButton({ onClick }: { readonly onClick: () => void }) {
  return (
    <Button
      className={classes.button ?? ''}
      radius="xl"
      variant="default"
      leftSection={<IconArrowDown size={14} />}
      onClick={onClick}
    >
      Newest
    </Button>
  );
}
