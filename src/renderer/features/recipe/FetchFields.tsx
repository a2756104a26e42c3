import { Checkbox } from '@mantine/core';
import { thumbnailRecipeSchema } from '../../../shared/recipe.ts';
import { fetchRecipeSettings } from '../../../shared/settings/fetch-settings.ts';
import { thumbsOfFetchedSettings } from '../../../shared/settings/thumbnail-settings.ts';
import { appStore, changeSettings } from '../../stores/app.ts';
import { useStore } from '../../stores/use-store.ts';
import { BoxFields } from './BoxFields.tsx';
import classes from './RecipePanel.module.css';
import { SettingFields } from './SettingFields.tsx';

export function FetchFields() {
  const recipe = useStore(appStore, ({ settings }) => settings.fetch);
  const { thumbnail, ...rest } = recipe;
  return (
    <>
      <SettingFields
        settings={fetchRecipeSettings}
        recipe={recipe}
        onChange={(fetch) => changeSettings({ fetch })}
      />
      <Checkbox
        size="xs"
        label={fetchRecipeSettings.thumbnail.field.label}
        checked={thumbnail !== undefined}
        onChange={(event) => {
          const wanted = event.currentTarget.checked;
          changeSettings({ fetch: wanted ? { ...rest, thumbnail: thumbnailRecipeSchema.parse({}) } : rest });
        }}
      />
      {thumbnail !== undefined && (
        <div className={classes.nested}>
          <BoxFields
            settings={thumbsOfFetchedSettings}
            recipe={thumbnail}
            onChange={(next) => changeSettings({ fetch: { ...recipe, thumbnail: next } })}
          />
        </div>
      )}
    </>
  );
}
