import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from '../../languages/translate.ts';
import type { DialogName } from '../../shared/ipc/dialogs.ts';
import { closeDialog, screenStore } from '../stores/screen.ts';
import { useStore } from '../stores/use-store.ts';

interface PageDialogProps {
  readonly name: DialogName;
  readonly title: string;
  readonly size?: 'md' | 'lg';
  readonly children: ReactNode;
}

/** A dialog over the screen. What is in it is only made while it is open. */
export function PageDialog({ name, title, size = 'lg', children }: PageDialogProps) {
  const opened = useStore(screenStore, ({ dialog }) => dialog === name);
  return (
    <Modal
      opened={opened}
      onClose={closeDialog}
      title={title}
      size={size}
      centered
      closeButtonProps={{ 'aria-label': t('Close') }}
    >
      {children}
    </Modal>
  );
}
