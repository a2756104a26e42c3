import { describe, expect, it } from 'vitest';
import { testSettings } from '../../../../../test/attempts.ts';
import { RequestHeaders } from './request-headers.ts';

const settings = testSettings('/tmp', { headers: { 'X-Api-Key': 'secret', Accept: 'image/webp' } });

describe('the headers of a run', () => {
  it('are one array for all requests that nothing sets apart', () => {
    const headers = new RequestHeaders(settings);
    expect(headers.of('x', true, [])).toBe(headers.of('x', true, [['cookie', undefined]]));
    expect(headers.of('x', true, [])).toContain('x-api-key');
  });

  it("do not go elsewhere with a person's own, however often they have been asked for", () => {
    const headers = new RequestHeaders(settings);
    headers.of('x', true, []);
    expect(headers.of('x', false, [])).toEqual([
      'user-agent',
      settings.userAgent,
      'accept',
      'image/webp',
      'accept-encoding',
      'identity',
    ]);
    expect(headers.of('x', true, [])).toContain('secret');
  });

  it('of one request do not stay for the next', () => {
    const headers = new RequestHeaders(settings);
    expect(headers.of('x', true, [['authorization', 'Basic x']])).toContain('Basic x');
    expect(headers.of('x', true, [['authorization', undefined]])).not.toContain('Basic x');
  });
});
