import type { ThumbnailRecipe } from '../../../../shared/recipe.ts';
import { fits, formatsOf } from '../../../../shared/settings/choices.ts';
import { thumbnailSettings } from '../../../../shared/settings/thumbnail-settings.ts';
import { ChoiceField } from './ChoiceField.tsx';
import { FitPicture } from './FitPicture.tsx';
import { FormatsField } from './FormatsField.tsx';
import { QualityField } from './QualityField.tsx';
import { SizesField } from './SizesField.tsx';

interface PictureFieldsProps {
  readonly recipe: ThumbnailRecipe;
  readonly several: boolean;
  /** Whether all that is given keeps a format that has no quality. */
  readonly withoutQuality?: boolean;
  readonly each?: string | undefined;
  readonly onChange: (recipe: ThumbnailRecipe) => void;
}

const { fit } = thumbnailSettings;

/** What a thumbnail looks like: its size, how the image is made to fit, the format. Of given images and fetched ones alike. */
export function PictureFields(props: PictureFieldsProps) {
  const { recipe, several, withoutQuality = false, each, onChange } = props;
  return (
    <>
      <SizesField recipe={recipe} several={several} onChange={onChange} />
      <ChoiceField
        label={fit.field.label}
        choices={fits}
        names={fit.field.choices}
        value={recipe.fit}
        picture={(choice) => <FitPicture fit={choice} />}
        onChange={(value) => onChange({ ...recipe, fit: value })}
      />
      <FormatsField recipe={recipe} onChange={onChange} />
      <QualityField
        formats={formatsOf(recipe)}
        value={recipe.quality}
        withoutQuality={withoutQuality}
        each={each}
        onChange={(quality) => onChange({ ...recipe, quality })}
      />
    </>
  );
}
