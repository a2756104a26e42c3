import { Button, Textarea } from '@mantine/core';
import { useEffect, useState } from 'react';
import { t } from '../../../languages/translate.ts';
import type { Registration } from '../../../shared/ipc/inputs.ts';
import type { UrlCount } from '../../../shared/ipc/pasted-text.ts';
import { registerText } from '../../actions/data-transfer.ts';
import { isGivenToModule, takeGiven } from '../../actions/run-actions.ts';
import { openList } from '../../actions/shortcuts.ts';
import { PageDialog } from '../../components/PageDialog.tsx';
import { request } from '../../ipc/api.ts';
import { attempt } from '../../stores/problem.ts';
import { closeDialog, screenStore } from '../../stores/screen.ts';
import { useStore } from '../../stores/use-store.ts';
import classes from './PasteDialog.module.css';

/** A dialog for typing or pasting a list. Main checks its lines, and the preview shows what it found. */
export function PasteDialog() {
  // Drawn as it opens: it stays what it is, with what is typed, if the run ends meanwhile.
  useStore(screenStore, ({ dialog }) => dialog === 'paste');
  const forModule = isGivenToModule();
  return (
    <PageDialog name="paste" title={forModule ? t('Paste a list of items') : t('Paste a list of URLs')}>
      {forModule ? <ItemsForm /> : <UrlsForm />}
    </PageDialog>
  );
}

function UrlsForm() {
  const [text, setText] = useState('');
  const found = useCount(text);
  return (
    <PasteForm
      {...{ text, setText }}
      label={t('URLs, one a line')}
      placeholder={'https://example.com/one.jpg\nhttps://example.com/two.jpg'}
      said={(lines) => (lines === 0 ? t('One URL a line. CSV works too.') : wordsOf(found, lines))}
      register={() => registerText(text, 'paste')}
    />
  );
}

/** For a function of the person's own a line is an item, whatever it says. */
function ItemsForm() {
  const [text, setText] = useState('');
  return (
    <PasteForm
      {...{ text, setText }}
      label={t('Items, one a line')}
      said={(lines) => (lines === 0 ? t('One item a line.') : t('{{count, number}} items', { count: lines }))}
      register={() => request('inputs:register-text', { text, origin: 'paste' })}
    />
  );
}

interface PasteFormProps {
  readonly text: string;
  readonly setText: (text: string) => void;
  readonly label: string;
  readonly placeholder?: string;
  /** What there is to say of a text with so many lines. */
  readonly said: (lines: number) => string;
  readonly register: () => Promise<Registration>;
}

function PasteForm({ text, setText, label, placeholder = '', said, register }: PasteFormProps) {
  const lines = text.split('\n').filter((line) => line.trim() !== '').length;
  const use = async () => {
    if (lines === 0) return;
    const registered = await attempt(register);
    closeDialog();
    if (registered) takeGiven(registered);
  };
  return (
    <>
      <Textarea
        data-autofocus
        aria-label={label}
        placeholder={placeholder}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void use();
        }}
        spellCheck={false}
        rows={12}
        classNames={{ input: classes.text }}
      />
      <div className={classes.footer}>
        <span className={`${classes.count} numbers`} role="status">
          {said(lines)}
        </span>
        <Button
          variant="subtle"
          onClick={() => {
            closeDialog();
            void openList();
          }}
        >
          {t('Open list file…')}
        </Button>
        <Button disabled={lines === 0} onClick={() => void use()}>
          {t('Use list')}
        </Button>
      </div>
    </>
  );
}

/** Main reads the whole text for each count: a person who types is waited for, in milliseconds. */
const pauseMs = 200;
/** A longer text is not sent for each change of it; what it has is told by the preview. */
const mostCharacters = 2_000_000;

/** What main finds in the text; nothing of a former one. */
function useCount(text: string): UrlCount | undefined {
  const [known, setKnown] = useState<{ readonly of: string; readonly found: UrlCount }>();
  useEffect(() => {
    if (text.trim() === '' || text.length > mostCharacters) return undefined;
    let wanted = true;
    const timer = setTimeout(() => {
      request('inputs:count-text', { text }).then(
        (found) => wanted && setKnown({ of: text, found }),
        () => {},
      );
    }, pauseMs);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [text]);
  return known?.of === text ? known.found : undefined;
}

/** "251 files from 2 hosts, 1 line is no URL". */
function wordsOf(found: UrlCount | undefined, lines: number): string {
  if (found === undefined) return t('{{count, number}} lines', { count: lines });
  const some = filesOf(found);
  if (found.unusable === 0) return some;
  return t('{{found}}, {{count, number}} lines are no URL', { found: some, count: found.unusable });
}

function filesOf({ files: number, hosts, isComplete }: UrlCount): string {
  if (number === 0) return t('No URL');
  const files = t('{{count, number}} files', { count: number });
  return isComplete
    ? t('{{files}} from {{count, number}} hosts', { files, count: hosts })
    : t('at least {{files}} from {{count, number}} hosts', { files, count: hosts });
}
