import { Button, Modal, Textarea } from '@mantine/core';
import { useState } from 'react';
import { takeGiven } from '../../actions/run-actions.ts';
import { openList } from '../../actions/shortcuts.ts';
import { request } from '../../ipc/api.ts';
import { counted } from '../../lib/format.ts';
import { attempt } from '../../stores/problem.ts';
import { screenStore, showPasting } from '../../stores/screen.ts';
import { useStore } from '../../stores/use-store.ts';
import classes from './PasteDialog.module.css';

const close = () => showPasting(false);

/** A dialog for typing or pasting a list. Main checks its lines, and the preview shows what it found. */
export function PasteDialog() {
  const opened = useStore(screenStore, (state) => state.pasting);
  return (
    <Modal
      opened={opened}
      onClose={close}
      title="Paste a list of URLs"
      size="lg"
      centered
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <PasteForm />
    </Modal>
  );
}

function PasteForm() {
  const [text, setText] = useState('');
  const lines = text.split('\n').filter((line) => line.trim() !== '').length;
  const use = async () => {
    if (lines === 0) return;
    const found = await attempt(() => request('inputs:register-text', { text, origin: 'paste' }));
    close();
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
            close();
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
