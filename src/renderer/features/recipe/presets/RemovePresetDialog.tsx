import { Button, Modal } from '@mantine/core';
import { Trans } from 'react-i18next';
import { t, words } from '../../../../languages/translate.ts';
import { type OfferedPreset, removePreset } from '../../../stores/presets/presets.ts';
import classes from './PresetDialogs.module.css';

interface RemovePresetDialogProps {
  /** Absent while nothing is asked. */
  readonly preset: OfferedPreset | undefined;
  readonly onClose: () => void;
}

/** Asks before one's own preset goes: it may be the work of an hour. */
export function RemovePresetDialog({ preset, onClose }: RemovePresetDialogProps) {
  const remove = async () => {
    if (preset !== undefined) await removePreset(preset.name);
    onClose();
  };
  return (
    <Modal
      opened={preset !== undefined}
      onClose={onClose}
      title={t('Remove a preset')}
      centered
      closeButtonProps={{ 'aria-label': t('Close') }}
    >
      <p className={classes.words}>
        <Trans
          i18n={words}
          i18nKey="The preset <name/> goes. The settings on the screen stay as they are."
          components={{ name: <strong>{preset?.name}</strong> }}
        />
      </p>
      <div className={classes.footer}>
        <Button variant="default" onClick={onClose}>
          {t('Keep it')}
        </Button>
        <Button color="red.9" onClick={() => void remove()}>
          {t('Remove the preset')}
        </Button>
      </div>
    </Modal>
  );
}
