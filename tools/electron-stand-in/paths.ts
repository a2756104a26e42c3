import type { CDPSession } from 'playwright-core';

/**
 * Answers `webUtils.getPathForFile`, which is synchronous in Electron. The page halts at a `debugger` statement
 * with the File in its hand; DOM.getFileInfo tells the path of that very object; the path is written into the
 * halted function and the page goes on. So a path is only ever known for a File that a person (or a real drag
 * event) gave the page, as in Electron.
 */
export async function answerPaths(session: CDPSession): Promise<void> {
  session.on('Debugger.paused', ({ callFrames }) => {
    const [frame] = callFrames;
    void (async () => {
      try {
        if (frame?.functionName !== 'getPathForFile') return;
        const { callFrameId } = frame;
        const file = await session.send('Debugger.evaluateOnCallFrame', { callFrameId, expression: 'file' });
        if (file.result.objectId === undefined) return;
        // A File made by script has no path: an error here, an empty path in Electron.
        const info = await session
          .send('DOM.getFileInfo', { objectId: file.result.objectId })
          .catch(() => ({ path: '' }));
        await session.send('Debugger.evaluateOnCallFrame', {
          callFrameId,
          expression: `path = ${JSON.stringify(info.path)}`,
        });
      } finally {
        await session.send('Debugger.resume').catch(() => {});
      }
    })();
  });
  await session.send('Debugger.enable');
}
