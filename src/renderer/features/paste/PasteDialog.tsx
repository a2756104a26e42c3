import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { takeGiven } from '../../actions/run-actions.ts';
import { openList } from '../../actions/shortcuts.ts';
import { PageDialog } from '../../components/PageDialog.tsx';
import { request } from '../../ipc/api.ts';
import { counted } from '../../lib/format.ts';
import { attempt } from '../../stores/problem.ts';
import { closeDialog } from '../../stores/screen.ts';
import classes from './PasteDialog.module.css';

/** A dialog for typing or pasting a list. Main checks its lines, and the preview shows what it found. */
export function PasteDialog() {
  return (
    <PageDialog name="paste" title="Paste a list of URLs">
      <PasteForm />
    </PageDialog>
  );
}

function PasteForm() {
  const [text, setText] = useState('');
  const lines = text.split('\n').filter((line) => line.trim() !== '').length;
  const use = async () => {
    if (lines === 0) return;
    const found = await attempt(() => request('inputs:register-text', { text, origin: 'paste' }));
    closeDialog();
    if (found) takeGiven(found);
  };
  return (
    <>
      <Textarea
        data-autofocus
        aria-label="URLs, one a line"
        placeholder={'https://example.com/one.jpg\nhttps://example.com/two.jpg'}
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
        <span className={`${classes.count} numbers`}>
          {lines === 0 ? 'One URL a line. CSV works too.' : counted(lines, 'line')}
        </span>
        <Button
          variant="subtle"
          onClick={() => {
            closeDialog();
            void openList();
          }}
        >
          Open list file…
        </Button>
        <Button disabled={lines === 0} onClick={() => void use()}>
          Use list
        </Button>
      </div>
    </>
  );
}
