import { Kbd } from '@mantine/core';
import { Fragment } from 'react';
import { t } from '../../../languages/translate.ts';
import { commandKey, type Shortcut, shortcuts } from '../../actions/shortcuts.ts';
import { PageDialog } from '../../components/PageDialog.tsx';
import classes from './ShortcutsDialog.module.css';

interface Key {
  readonly keys: readonly string[];
  readonly does: string;
}

/** Keys of the results and of the large view: they act where the focus is, and not in the whole window. */
const keysOfResults = (): Key[] => [
  { keys: [commandKey(), 'F'], does: t('Search') },
  { keys: ['↑', '↓', '←', '→'], does: t('Select another item') },
  { keys: [t('Space')], does: t('Show the item in the whole window') },
  { keys: ['Esc'], does: t('Close the large view, or select nothing') },
];

/** The keys of the window, from the table by which they act. */
export function ShortcutsDialog() {
  return (
    <PageDialog name="shortcuts" title={t('Keyboard shortcuts')} size="md">
      <Keys
        title={t('Everywhere')}
        keys={shortcuts.map(({ does, ...shortcut }) => ({ keys: namesOf(shortcut), does: does() }))}
      />
      <Keys title={t('In the results')} keys={keysOfResults()} />
    </PageDialog>
  );
}

function Keys({ title, keys }: { readonly title: string; readonly keys: readonly Key[] }) {
  return (
    <section className={classes.group} aria-label={title}>
      <h3 className={classes.title}>{title}</h3>
      <dl className={classes.list}>
        {keys.map((key) => (
          <Fragment key={key.does}>
            <dt className={classes.keys}>
              {key.keys.map((name) => (
                <Kbd key={name}>{name}</Kbd>
              ))}
            </dt>
            <dd className={classes.does}>{key.does}</dd>
          </Fragment>
        ))}
      </dl>
    </section>
  );
}

function namesOf({ key, command, shift }: Pick<Shortcut, 'key' | 'command' | 'shift'>): string[] {
  const names: Readonly<Record<string, string>> = { ' ': t('Space'), enter: t('Enter') };
  return [
    ...(command ? [commandKey()] : []),
    ...(shift ? [t('Shift')] : []),
    names[key] ?? key.toUpperCase(),
  ];
}
