import { Checkbox } from '@mantine/core';
import { thumbnailRecipeSchema } from '../../../shared/recipe.ts';
import { NumberField } from '../../components/NumberField.tsx';
import { appStore, changeSettings } from '../../stores/app.ts';
import { useStore } from '../../stores/use-store.ts';
import { BoxFields } from './BoxFields.tsx';
import classes from './RecipePanel.module.css';

export function FetchFields() {
  const recipe = useStore(appStore, ({ settings }) => settings.fetch);
  const { thumbnail, ...rest } = recipe;
  return (
    <>
      <div className={classes.pair}>
        <NumberField
          label="Per host"
          suffix="at once"
          value={recipe.perHost}
          min={1}
          max={1024}
          onChange={(perHost) => changeSettings({ fetch: { ...recipe, perHost } })}
        />
        <NumberField
          label="Retries"
          value={recipe.retries}
          min={0}
          max={100}
          onChange={(retries) => changeSettings({ fetch: { ...recipe, retries } })}
        />
      </div>
      <NumberField
        label="Give up after"
        suffix="s of silence"
        value={recipe.timeout}
        min={1}
        max={3600}
        onChange={(timeout) => changeSettings({ fetch: { ...recipe, timeout } })}
      />
      <Checkbox
        size="xs"
        label="Hide keys in URLs (?key=***)"
        checked={recipe.redact}
        onChange={(event) => {
          const redact = event.currentTarget.checked;
          changeSettings({ fetch: { ...recipe, redact } });
        }}
      />
      <Checkbox
        size="xs"
        label="Make thumbnails of the files"
        checked={thumbnail !== undefined}
        onChange={(event) => {
          const wanted = event.currentTarget.checked;
          changeSettings({ fetch: wanted ? { ...rest, thumbnail: thumbnailRecipeSchema.parse({}) } : rest });
        }}
      />
      {thumbnail !== undefined && (
        <div className={classes.nested}>
          <BoxFields
            recipe={thumbnail}
            onChange={(next) => changeSettings({ fetch: { ...recipe, thumbnail: next } })}
          />
        </div>
      )}
    </>
  );
}
