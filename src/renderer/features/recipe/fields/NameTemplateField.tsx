import { useState } from 'react';
import { t } from '../../../../languages/translate.ts';
import {
  faultOfTemplate,
  nameParts,
  type TemplateFault,
  tellsSizesApart,
} from '../../../../shared/name-template.ts';
import { type Box, boxesOf } from '../../../../shared/settings/boxes.ts';
import { formatsOf, type OutputFormat } from '../../../../shared/settings/choices.ts';
import { TypedField } from '../../../components/TypedField.tsx';
import { middleCut } from '../../../lib/format.ts';
import type { Read } from '../../../lib/typed-number.ts';
import classes from './Fields.module.css';

interface NameTemplateFieldProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly recipe: {
    readonly box: Box;
    readonly furtherBoxes: readonly Box[];
    readonly format: OutputFormat;
    readonly furtherFormats: readonly OutputFormat[];
  };
  readonly onChange: (value: string | undefined) => void;
}

/** A name of the size that cameras give, to show what comes of a template. */
const example = 'IMG_1234';

/** How outputs are named, with the names that come of it while it is typed. */
export function NameTemplateField({ label, value, recipe, onChange }: NameTemplateFieldProps) {
  const text = value ?? '';
  const [draft, setDraft] = useState(text);
  const boxes = boxesOf(recipe);
  const read = (typed: string): Read<string | undefined> => {
    if (typed === '') return { value: undefined };
    const fault = faultOfTemplate(typed);
    if (fault !== undefined) return { problem: problemFor(fault) };
    if (tellsSizesApart(typed, boxes)) return { value: typed };
    return { problem: t('With {width} or {height}, to tell the sizes apart.') };
  };
  const reading = read(draft);
  const extensions = formatsOf(recipe).map((format) =>
    format === 'same' || format === 'jpeg' ? 'jpg' : format,
  );
  const names = [...new Set(extensions)].flatMap((extension) =>
    nameParts(draft === '' ? undefined : draft, boxes, extension).map(
      ({ before, after }) => before + example + after,
    ),
  );
  return (
    <div>
      <TypedField
        label={label}
        text={text}
        read={read}
        placeholder={boxes.length > 1 ? '{name}-{width}x{height}.{ext}' : '{name}.{ext}'}
        hint={t('{name}, {ext}, {width} and {height} are filled in.')}
        onDraft={setDraft}
        onChange={onChange}
      />
      {reading.problem === undefined && (
        <output className={classes.example} aria-label={t('Names that come of it')}>
          {middleCut(names.join(', '), 160)}
        </output>
      )}
    </div>
  );
}

function problemFor(fault: TemplateFault): string {
  switch (fault.kind) {
    case 'path':
      return t('A file name, not a path to one.');
    case 'name':
      return t('A file name with {name} in it, once.');
    case 'unknown':
      return t('{name}, {ext}, {width} or {height} instead of {{part}}.', { part: fault.part });
  }
}
