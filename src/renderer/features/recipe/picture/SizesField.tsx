import { Button, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { t, told } from '../../../../languages/translate.ts';
import { tellsSizesApart } from '../../../../shared/naming/name-template.ts';
import type { ThumbnailRecipe } from '../../../../shared/recipe.ts';
import { type Box, boxesOf } from '../../../../shared/settings/boxes.ts';
import { mostSizes, thumbnailSettings } from '../../../../shared/settings/thumbnail-settings.ts';
import { NumberField } from '../../../components/NumberField.tsx';
import classes from './Choices.module.css';

interface SizesFieldProps {
  readonly recipe: ThumbnailRecipe;
  /** Whether several sizes may be made of each image. */
  readonly several: boolean;
  readonly onChange: (recipe: ThumbnailRecipe) => void;
}

const { min, max, field } = thumbnailSettings.box;
const usualSides = [75, 150, 256, 512, 1024];

/** The sizes of the thumbnails: the usual ones at hand, any other by its sides. */
export function SizesField({ recipe, several, onChange }: SizesFieldProps) {
  const [added, setAdded] = useState<Box>();
  const boxes = boxesOf(recipe);
  const [box] = boxes as [Box];
  const keys = new Set(boxes.map(keyOf));
  const usual = usualSides.map((side) => ({ width: side, height: side }));
  const usualKeys = new Set(usual.map(keyOf));
  const own = boxes.filter((each) => !usualKeys.has(keyOf(each)));
  const take = (next: readonly Box[]) => {
    const [first, ...furtherBoxes] = next;
    if (first) onChange({ ...recipe, box: first, furtherBoxes });
  };
  const problem = problemOfOneMore(recipe, boxes);
  const toggle = (chosen: Box) => {
    if (!several) take([chosen]);
    else if (!keys.has(keyOf(chosen))) take([...boxes, chosen]);
    else take(boxes.filter((each) => keyOf(each) !== keyOf(chosen)));
  };
  const add = () => {
    if (added && !keys.has(keyOf(added))) take([...boxes, added]);
    setAdded(undefined);
  };
  return (
    <fieldset className={classes.field}>
      <legend className={classes.label}>{several ? told(field.label) : t('Size')}</legend>
      <div className={classes.sizes}>
        <div className={classes.choices}>
          {[...usual, ...own].map((each) => {
            const pressed = keys.has(keyOf(each));
            return (
              <UnstyledButton
                key={keyOf(each)}
                className={classes.chip ?? ''}
                aria-pressed={pressed}
                aria-label={t('{{width}} × {{height}} pixels', { ...each })}
                disabled={several && (pressed ? boxes.length === 1 : problem !== undefined)}
                onClick={() => toggle(each)}
              >
                {each.width === each.height ? each.width : `${each.width} × ${each.height}`}
              </UnstyledButton>
            );
          })}
          {several && (
            <UnstyledButton
              className={classes.chip ?? ''}
              aria-expanded={added !== undefined}
              disabled={problem !== undefined}
              onClick={() => setAdded(added ? undefined : box)}
            >
              {t('+ size')}
            </UnstyledButton>
          )}
        </div>
        {problem !== undefined && <p className={classes.note}>{problem}</p>}
        {added !== undefined ? (
          <div className={classes.sides} data-adding="true">
            <Sides names={[t('New width'), t('New height')]} box={added} onChange={setAdded} />
            <Button size="xs" variant="default" disabled={keys.has(keyOf(added))} onClick={add}>
              {t('Add')}
            </Button>
          </div>
        ) : (
          boxes.length === 1 && (
            <div className={classes.sides} data-adding="false">
              <Sides names={[t('Width'), t('Height')]} box={box} onChange={(next) => take([next])} />
            </div>
          )
        )}
      </div>
    </fieldset>
  );
}

interface SidesProps {
  readonly names: readonly [width: string, height: string];
  readonly box: Box;
  readonly onChange: (box: Box) => void;
}

function Sides({ names: [wide, high], box, onChange }: SidesProps) {
  const { width, height } = box;
  const common = { suffix: told(field.suffix), min, max };
  return (
    <>
      <NumberField
        label={wide}
        {...common}
        value={width}
        onChange={(to) => onChange({ ...box, width: to })}
      />
      <NumberField
        label={high}
        {...common}
        value={height}
        onChange={(to) => onChange({ ...box, height: to })}
      />
    </>
  );
}

/** Why no size can be added to these. */
function problemOfOneMore({ nameTemplate }: ThumbnailRecipe, boxes: readonly Box[]): string | undefined {
  if (boxes.length >= mostSizes)
    return t('At most {{most}} sizes are made of an image.', { most: mostSizes });
  const tells = tellsSizesApart(nameTemplate, [
    { width: 1, height: 1 },
    { width: 2, height: 2 },
  ]);
  return tells
    ? undefined
    : t('For several sizes the names of the files need {width} or {height}: see More.');
}

function keyOf({ width, height }: Box): string {
  return `${width}x${height}`;
}
