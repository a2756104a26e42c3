import { ActionIcon } from '@mantine/core';
import { IconFileText, IconFolder, IconPhoto, IconX } from '@tabler/icons-react';
import { t } from '../../../languages/translate.ts';
import type { InputKind, RegisteredInput } from '../../../shared/ipc/inputs.ts';
import { isFor, type JobKind, removeInput } from '../../stores/inputs.ts';
import classes from './InputList.module.css';

const icons: Readonly<Record<InputKind, typeof IconFolder>> = {
  folder: IconFolder,
  image: IconPhoto,
  list: IconFileText,
};

/** At most this many inputs are listed: ten thousand dropped files are better shown as a number. */
const mostShown = 100;

export function InputList({
  inputs,
  kind,
}: {
  readonly inputs: readonly RegisteredInput[];
  readonly kind: JobKind;
}) {
  const shown = inputs.slice(0, mostShown);
  const names = Map.groupBy(shown, ({ name }) => name);
  return (
    <section aria-label={t('Given')}>
      <h3 className={classes.heading}>{t('From')}</h3>
      <ul className={classes.list} aria-label={t('Inputs')}>
        {shown.map((input) => {
          const Icon = icons[input.kind];
          const used = isFor(kind, input);
          return (
            <li key={input.id} data-kind={input.kind} data-used={used} className={classes.row}>
              <Icon size={16} stroke={1.6} aria-hidden className={classes.icon} />
              <span
                className={classes.name}
                title={input.place === undefined ? input.name : `${input.place}/${input.name}`}
              >
                {input.name}
              </span>
              {input.place !== undefined && (names.get(input.name)?.length ?? 0) > 1 && (
                <span className={classes.note}>{input.place}</span>
              )}
              {!used && <span className={classes.note}>{t('not in this run')}</span>}
              <ActionIcon
                size="sm"
                aria-label={t('Remove {{name}}', { name: input.name })}
                onClick={() => removeInput(input.id)}
              >
                <IconX size={14} stroke={1.75} />
              </ActionIcon>
            </li>
          );
        })}
      </ul>
      {inputs.length > mostShown && (
        <p className={classes.more}>
          {t('and {{count, number}} more', { count: inputs.length - mostShown })}
        </p>
      )}
    </section>
  );
}
