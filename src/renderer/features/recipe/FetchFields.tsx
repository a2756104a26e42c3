import { Checkbox } from '@mantine/core';
import { told } from '../../../languages/translate.ts';
import { type ThumbnailRecipe, thumbnailRecipeSchema } from '../../../shared/recipe.ts';
import { fetchSettings } from '../../../shared/settings/fetch-settings.ts';
import { runSettings } from '../../../shared/settings/run-settings.ts';
import type { Settings } from '../../../shared/settings/setting.ts';
import { thumbsOfFetchedSettings } from '../../../shared/settings/thumbnail-settings.ts';
import { changeSetting, useSettingValues } from '../../stores/setting-values.ts';
import { foldedSettings, seenSettings } from './fields/field-rows.ts';
import { MoreSettings } from './fields/MoreSettings.tsx';
import { SettingFields } from './fields/SettingFields.tsx';
import { OutputField } from './OutputField.tsx';
import { PictureFields } from './picture/PictureFields.tsx';
import classes from './RecipePanel.module.css';

const seen = seenSettings(fetchSettings);
const folded: Settings = { ...fetchSettings, durable: runSettings.durable };
/** The settings of their thumbnails that are no part of how these look. */
const ofThumbnails: Settings = Object.fromEntries(
  foldedSettings(thumbsOfFetchedSettings).flatMap(({ settings }) => settings),
);

function valuesOfThumbnails(thumbnail: ThumbnailRecipe): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(thumbnail).filter(([key]) => Object.hasOwn(ofThumbnails, key)));
}

export function FetchFields() {
  const values = useSettingValues('fetch');
  const change = (key: string, value: unknown) => changeSetting('fetch', key, value);
  const thumbnail = values.thumbnail as ThumbnailRecipe | undefined;
  const changeFolded = (key: string, value: unknown) => {
    if (!Object.hasOwn(ofThumbnails, key)) change(key, value);
    else change('thumbnail', thumbnailRecipeSchema.parse({ ...thumbnail, [key]: value }));
  };
  return (
    <>
      <SettingFields settings={seen} values={values} onChange={change} />
      <Checkbox
        size="xs"
        label={told(fetchSettings.thumbnail.field.label)}
        checked={thumbnail !== undefined}
        onChange={(event) => {
          change('thumbnail', event.currentTarget.checked ? thumbnailRecipeSchema.parse({}) : undefined);
        }}
      />
      {thumbnail !== undefined && (
        <div className={classes.nested}>
          <PictureFields several={false} recipe={thumbnail} onChange={(next) => change('thumbnail', next)} />
        </div>
      )}
      <OutputField kind="fetch" />
      <SettingFields settings={[['force', runSettings.force]]} values={values} onChange={change} />
      <MoreSettings
        settings={thumbnail === undefined ? folded : { ...folded, ...ofThumbnails }}
        values={thumbnail === undefined ? values : { ...values, ...valuesOfThumbnails(thumbnail) }}
        onChange={changeFolded}
      />
    </>
  );
}
