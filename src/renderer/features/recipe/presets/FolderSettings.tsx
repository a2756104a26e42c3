import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { t } from '../../../../languages/translate.ts';
import { picturesLine } from '../../../../shared/told/settings-line.ts';
import { inputsStore } from '../../../stores/inputs.ts';
import {
  areInUse,
  askFolder,
  folderSettingsStore,
  onlyFolder,
  takeFolderSettings,
} from '../../../stores/presets/folder-settings.ts';
import { useSettingValues } from '../../../stores/setting-values.ts';
import { useStore } from '../../../stores/use-store.ts';
import classes from './FolderSettings.module.css';

/** What the folder itself says of its thumbnails: offered, as it may come from anybody, and said to be in use once it is. */
export function FolderSettings() {
  const folder = useStore(inputsStore, ({ inputs }) => onlyFolder(inputs));
  const { folder: asked, said } = useStore(folderSettingsStore, (state) => state);
  const values = useSettingValues('thumbnails');
  const id = folder?.id;
  useEffect(() => {
    if (id !== undefined) void askFolder(id);
  }, [id]);
  if (folder === undefined || said === null || asked !== id) return null;
  const { name } = folder;
  if ('fault' in said)
    return (
      <p className={`${classes.fault} selectable`}>
        {t('The shoal.json of {{name}} cannot be used: {{reason}}', { name, reason: said.fault })}
      </p>
    );
  const { settings } = said;
  const isUsed = areInUse(settings, values);
  const pictures = picturesLine({ kind: 'thumbnails', recipe: { ...values, ...settings } }, t).join(', ');
  return (
    <div className={classes.offer} role="status">
      <p className={classes.words}>
        {isUsed
          ? t('The settings are those of the folder {{name}} (shoal.json).', { name })
          : t('The folder {{name}} has settings of its own (shoal.json): {{pictures}}', { name, pictures })}
      </p>
      {!isUsed && (
        <Button variant="default" size="compact-xs" onClick={() => takeFolderSettings(settings, values)}>
          {t('Use them')}
        </Button>
      )}
    </div>
  );
}
