import { useState } from 'react';
import { t } from '../../../../languages/translate.ts';
import { composeName, type PictureValues } from '../../../../shared/naming/compose-name.ts';
import { faultOfTemplate, tellsSizesApart, templateOf } from '../../../../shared/naming/name-template.ts';
import type { TemplateFault } from '../../../../shared/naming/parse-template.ts';
import { type Box, boxesOf } from '../../../../shared/settings/boxes.ts';
import { formatsOf, type OutputFormat } from '../../../../shared/settings/choices.ts';
import { TypedField } from '../../../components/TypedField.tsx';
import { middleCut } from '../../../lib/format.ts';
import type { Read } from '../../../lib/typed-number.ts';
import classes from './Fields.module.css';
import { PlaceholderMenu } from './PlaceholderMenu.tsx';

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

/** A picture as cameras make and people keep them, to show what comes of a template. */
const example: PictureValues = {
  name: 'IMG_1234',
  parent: 'Lisbon',
  folder: '2026/Lisbon',
  counter: 7,
  facts: {
    taken: '20260528173015',
    camera: 'Canon EOS R5',
    model: 'EOS R5',
    lens: 'RF 35mm F1.8',
  },
};

/** How outputs are named, with the names that come of it while it is typed. */
export function NameTemplateField({ label, value, recipe, onChange }: NameTemplateFieldProps) {
  const text = value ?? '';
  const [draft, setDraft] = useState(text);
  const boxes = boxesOf(recipe);
  const usual = boxes.length > 1 ? '{name}-{width}x{height}.{ext}' : '{name}.{ext}';
  const read = (typed: string): Read<string | undefined> => {
    if (typed === '') return { value: undefined };
    const fault = faultOfTemplate(typed);
    if (fault !== undefined) return { problem: problemFor(fault) };
    if (tellsSizesApart(typed, boxes)) return { value: typed };
    return { problem: t('With {width} or {height}, to tell the sizes apart.') };
  };
  const problem = read(draft).problem;
  return (
    <div>
      <TypedField
        label={label}
        text={text}
        read={read}
        placeholder={usual}
        hint={t('What stands in braces is filled in for each picture; / makes folders.')}
        onDraft={setDraft}
        onChange={onChange}
      >
        {(insert) => (
          <>
            {problem === undefined && (
              <output className={classes.example} aria-label={t('Names that come of it')}>
                {middleCut(namesOf(draft, boxes, formatsOf(recipe)).join(', '), 160)}
              </output>
            )}
            <PlaceholderMenu usual={usual} onChoose={insert} />
          </>
        )}
      </TypedField>
    </div>
  );
}

function namesOf(draft: string, boxes: readonly Box[], wanted: readonly OutputFormat[]): string[] {
  const template = templateOf(draft === '' ? undefined : draft, boxes);
  const formats = new Set(wanted.map((format) => (format === 'same' ? 'jpeg' : format)));
  return [...formats].flatMap((format) => {
    const ext = format === 'jpeg' ? 'jpg' : format;
    return boxes.map((box) => composeName(template, example, { ...box, ext, format }, isOnWindows()));
  });
}

function isOnWindows(): boolean {
  return navigator.platform.startsWith('Win');
}

function problemFor(fault: TemplateFault): string {
  switch (fault.kind) {
    case 'path':
      return t('Names of folders and of a file, none of them empty or of dots alone.');
    case 'brace':
      return t('A brace has no other. One that belongs to the name is typed twice.');
    case 'name':
      return t('With {name}, {counter} or {second}, to tell the pictures apart.');
    case 'long':
      return t('Less text around what is filled in.');
    case 'argument':
      return t('{{part}} is not understood: {counter:4} has digits, {date:YYYY-MM-DD} a pattern.', {
        part: fault.part,
      });
    case 'unknown':
      return fault.nearest === undefined
        ? t('Nothing is filled in for {{part}}.', { part: fault.part })
        : t('Nothing is filled in for {{part}}: {{nearest}} is known.', {
            part: fault.part,
            nearest: fault.nearest,
          });
  }
}
