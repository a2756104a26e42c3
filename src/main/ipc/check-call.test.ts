import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Handlers } from '../../shared/ipc/contract.ts';
import type { RunId } from '../../shared/ipc/run.ts';
import { answer, checkRequest, checkSender } from './check-call.ts';

const origin = 'app://shoal';
const ourPage = { url: 'app://shoal/index.html#run', parent: null };

describe('the sender of a call', () => {
  it("is let in as the top frame of our window at the app's own origin", () => {
    expect(() => checkSender('app:info', ourPage, true, origin)).not.toThrow();
  });

  it('is refused from another window', () => {
    expect(() => checkSender('app:info', ourPage, false, origin)).toThrow("not come from the app's window");
  });

  it('is refused when its frame is gone', () => {
    expect(() => checkSender('app:info', null, true, origin)).toThrow('is gone');
  });

  it('is refused from a frame inside the page', () => {
    expect(() => checkSender('app:info', { ...ourPage, parent: {} }, true, origin)).toThrow(
      'inside the page',
    );
  });

  it.each([
    'https://shoal/index.html',
    'app://shoal.example.com/index.html',
    'app://shoal:1234/index.html',
    'app://other/app://shoal/',
    'file:///index.html',
    'about:blank',
    '',
  ])('is refused at %s', (url) => {
    expect(() => checkSender('app:info', { url, parent: null }, true, origin)).toThrow('is not the app');
  });
});

describe('the payload of a call', () => {
  it('comes out with its defaults filled in', () => {
    const inputs = [randomUUID()] as never;
    const request = checkRequest('run:start', { inputs, job: { kind: 'thumbnails', recipe: {} } });
    expect(request.job).toMatchObject({ recursive: true, recipe: { box: { width: 75, height: 75 } } });
  });

  it('is refused with the place that is wrong in it', () => {
    const forged = { inputs: ['/etc/passwd'], job: { kind: 'thumbnails', recipe: {} } };
    expect(() => checkRequest('run:start', forged)).toThrow('Refused run:start: inputs.0:');
  });

  it('is refused with what the contract does not know', () => {
    expect(() => checkRequest('settings:set', { shell: 'rm' })).toThrow('Refused settings:set');
    expect(() => checkRequest('run:pause', { runId: randomUUID(), also: 1 })).toThrow('Refused run:pause');
  });

  it('is refused where the request carries nothing', () => {
    expect(() => checkRequest('settings:get', null)).toThrow('Refused settings:get');
  });

  it('is refused beyond its bounds', () => {
    const runId = randomUUID();
    expect(() => checkRequest('run:resize-pool', { runId, poolSize: 0 })).toThrow('poolSize');
    expect(() => checkRequest('run:rows', { runId, offset: 0, limit: 501 })).toThrow('limit');
  });
});

describe('the answer to a call', () => {
  const handlersThat = (pause: Handlers['run:pause']) =>
    ({ 'run:pause': pause }) as Partial<Handlers> as Handlers;
  const request = { runId: randomUUID() as RunId };

  it('carries the value', async () => {
    const handlers = handlersThat(async () => undefined);
    expect(await answer(handlers, 'run:pause', request)).toEqual({ ok: true, value: undefined });
  });

  it('carries a failure as data, with its code', async () => {
    const failure = Object.assign(new Error('There is no such run.'), { code: 'NO_SUCH_RUN' });
    const handlers = handlersThat(() => Promise.reject(failure));
    expect(await answer(handlers, 'run:pause', request)).toEqual({
      ok: false,
      error: { code: 'NO_SUCH_RUN', message: 'There is no such run.' },
    });
  });
});
