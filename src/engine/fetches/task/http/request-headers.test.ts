import { describe, expect, it } from 'vitest';
import { testSettings } from '../../../../../test/attempts.ts';
import { RequestHeaders } from './request-headers.ts';

const settings = testSettings('/tmp', { headers: { 'X-Api-Key': 'secret', Accept: 'image/webp' } });

describe('the headers of a run', () => {
  it('are one array for all requests that nothing sets apart', () => {
    const headers = new RequestHeaders(settings);
    expect(headers.of(true, [])).toBe(headers.of(true, [['cookie', undefined]]));
    expect(headers.of(true, [])).toContain('x-api-key');
  });

  it("do not go elsewhere with a person's own, however often they have been asked for", () => {
    const headers = new RequestHeaders(settings);
    headers.of(true, []);
    expect(headers.of(false, [])).toEqual([
      'user-agent',
      settings.userAgent,
      'accept',
      'image/webp',
      'accept-encoding',
      'identity',
    ]);
    expect(headers.of(true, [])).toContain('secret');
  });

  it('of one request do not stay for the next', () => {
    const headers = new RequestHeaders(settings);
    expect(headers.of(true, [['authorization', 'Basic x']])).toContain('Basic x');
    expect(headers.of(true, [['authorization', undefined]])).not.toContain('Basic x');
  });
});
