import { NativeSelect } from '@mantine/core';
import { type Fit, fits, type OutputFormat, outputFormats } from '../../../shared/choices.ts';
import type { ThumbnailRecipe } from '../../../shared/recipe.ts';
import { NumberField } from '../../components/NumberField.tsx';
import classes from './RecipePanel.module.css';

interface BoxFieldsProps {
  readonly recipe: ThumbnailRecipe;
  readonly onChange: (recipe: ThumbnailRecipe) => void;
}

const largestSide = 16_383;

const fitLabels: Readonly<Record<Fit, string>> = {
  inside: 'Inside: keep it all',
  cover: 'Cover: fill and crop',
  contain: 'Contain: keep all, pad',
  fill: 'Fill: stretch',
  outside: 'Outside: at least the size',
};

const formatLabels: Readonly<Record<OutputFormat, string>> = {
  same: 'As input',
  jpeg: 'JPEG',
  png: 'PNG',
  webp: 'WebP',
  avif: 'AVIF',
};

/** What a thumbnail is like: for images given and for files downloaded alike. */
export function BoxFields({ recipe, onChange }: BoxFieldsProps) {
  const { box, fit, format, quality } = recipe;
  return (
    <>
      <div className={classes.pair}>
        <NumberField
          label="Width"
          suffix="px"
          value={box.width}
          min={1}
          max={largestSide}
          onChange={(width) => onChange({ ...recipe, box: { ...box, width } })}
        />
        <NumberField
          label="Height"
          suffix="px"
          value={box.height}
          min={1}
          max={largestSide}
          onChange={(height) => onChange({ ...recipe, box: { ...box, height } })}
        />
      </div>
      <NativeSelect
        size="xs"
        label="Fit"
        value={fit}
        data={fits.map((value) => ({ value, label: fitLabels[value] }))}
        onChange={(event) => onChange({ ...recipe, fit: event.currentTarget.value as Fit })}
      />
      <div className={classes.pair}>
        <NativeSelect
          size="xs"
          label="Format"
          value={format}
          data={outputFormats.map((value) => ({ value, label: formatLabels[value] }))}
          onChange={(event) => onChange({ ...recipe, format: event.currentTarget.value as OutputFormat })}
        />
        <NumberField
          label="Quality"
          value={quality}
          min={1}
          max={100}
          disabled={format === 'png'}
          onChange={(next) => onChange({ ...recipe, quality: next })}
        />
      </div>
    </>
  );
}
