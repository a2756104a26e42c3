import type { DevToolsSession } from './devtools.ts';

/**
 * Answers `webUtils.getPathForFile`, which is synchronous in Electron. The page halts at a `debugger` statement
 * with the Files in its hand; DOM.getFileInfo tells the path of those very objects; the paths are written into
 * the halted function and the page goes on. So a path is only ever known for a File that a person (or a real
 * drag event) gave the page, as in Electron.
 */
export async function answerPaths(session: DevToolsSession): Promise<void> {
  session.on('Debugger.paused', ({ callFrames }) => {
    const [frame] = callFrames;
    const answered = frame?.functionName === 'pathsOf' ? writePaths(session, frame.callFrameId) : undefined;
    void Promise.resolve(answered)
      .catch((error: unknown) => console.error('The stand-in could not tell the paths of files:', error))
      .finally(() => session.send('Debugger.resume').catch(() => {}));
  });
  await session.send('Debugger.enable');
}

async function writePaths(session: DevToolsSession, callFrameId: string): Promise<void> {
  const inFrame = (expression: string) =>
    session.send('Debugger.evaluateOnCallFrame', { callFrameId, expression, objectGroup: 'paths' });
  const { objectId } = (await inFrame('files')).result;
  if (objectId === undefined) return;
  const { result } = await session.send('Runtime.getProperties', { objectId, ownProperties: true });
  const files = result.filter(({ name }) => /^\d+$/.test(name)).map(({ value }) => value?.objectId ?? '');
  // A File made by script has no path: an error here, an empty path in Electron.
  const path = (file: string) =>
    session.send('DOM.getFileInfo', { objectId: file }).then(
      (info) => info.path,
      () => '',
    );
  await inFrame(`paths = ${JSON.stringify(await Promise.all(files.map(path)))}`);
  await session.send('Runtime.releaseObjectGroup', { objectGroup: 'paths' });
}
