import { t } from '../../../languages/translate.ts';
import type { Preview } from '../../../shared/ipc/job.ts';
import { runSettings, walkSettings } from '../../../shared/settings/run-settings.ts';
import type { Settings } from '../../../shared/settings/setting.ts';
import { thumbnailSettings } from '../../../shared/settings/thumbnail-settings.ts';
import { bytes } from '../../lib/format.ts';
import { appStore, changeSettings } from '../../stores/app.ts';
import { previewStore } from '../../stores/preview.ts';
import { bytesEach, samplesStore } from '../../stores/samples.ts';
import { changeSetting, useSettingValues } from '../../stores/setting-values.ts';
import { useStore } from '../../stores/use-store.ts';
import { seenSettings } from './fields/field-rows.ts';
import { MoreSettings } from './fields/MoreSettings.tsx';
import { SettingFields } from './fields/SettingFields.tsx';
import { OutputField } from './OutputField.tsx';
import { PictureFields } from './picture/PictureFields.tsx';
import { SetFields } from './SetFields.tsx';

const further: Settings = { recursive: walkSettings.recursive, force: runSettings.force };
const folded: Settings = { ...walkSettings, ...thumbnailSettings, durable: runSettings.durable };

const formatsWithoutQuality: ReadonlySet<string> = new Set(['PNG', 'GIF', 'SVG']);

/** Whether all images keep a format that has no quality, as far as all have been looked at. */
function hasNoQuality({ contents: { formats }, partial }: Preview): boolean {
  return !partial && formats.length > 0 && formats.every(({ name }) => formatsWithoutQuality.has(name));
}

export function ThumbnailFields() {
  const recipe = useStore(appStore, ({ settings }) => settings.thumbnails);
  const values = useSettingValues('thumbnails');
  const each = useStore(samplesStore, bytesEach);
  const withoutQuality = useStore(
    previewStore,
    ({ preview }) => preview !== undefined && hasNoQuality(preview),
  );
  const change = (key: string, value: unknown) => changeSetting('thumbnails', key, value);
  return (
    <>
      <PictureFields
        several
        recipe={recipe}
        withoutQuality={withoutQuality}
        each={each === undefined ? undefined : t('about {{size}} each', { size: bytes(each) })}
        onChange={(thumbnails) => changeSettings({ thumbnails })}
      />
      <OutputField kind="thumbnails" />
      <SetFields />
      <SettingFields settings={seenSettings(further)} values={values} onChange={change} />
      <MoreSettings settings={folded} values={values} onChange={change} />
    </>
  );
}
