import { Checkbox } from '@mantine/core';
import { appStore, changeSettings } from '../../stores/app.ts';
import { useStore } from '../../stores/use-store.ts';
import { BoxFields } from './BoxFields.tsx';

export function ThumbnailFields() {
  const recipe = useStore(appStore, ({ settings }) => settings.thumbnails);
  const recursive = useStore(appStore, ({ settings }) => settings.recursive);
  return (
    <>
      <BoxFields recipe={recipe} onChange={(thumbnails) => changeSettings({ thumbnails })} />
      <Checkbox
        size="xs"
        label="Include subfolders"
        checked={recursive}
        onChange={(event) => changeSettings({ recursive: event.currentTarget.checked })}
      />
    </>
  );
}
