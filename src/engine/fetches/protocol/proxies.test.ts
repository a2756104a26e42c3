import { describe, expect, it } from 'vitest';
import { Proxies } from './proxies.ts';

const served = (url: string, environment: Record<string, string>, given?: string) =>
  new Proxies(given, environment).serve(new URL(url));

describe('NO_PROXY', () => {
  it.each([
    ['*', 'http://a.test/', true],
    ['a.test', 'http://a.test/', true],
    ['A.Test', 'http://a.tEST/', true],
    ['a.test', 'http://www.a.test/', true],
    ['a.test', 'http://ba.test/', false],
    ['.a.test', 'http://www.a.test/', true],
    ['*.a.test', 'http://www.a.test/', true],
    ['b.test , a.test', 'http://a.test/', true],
    ['b.test a.test', 'http://a.test/', true],
    ['a.test:8080', 'http://a.test:8080/', true],
    ['a.test:8080', 'http://a.test/', false],
    ['a.test:443', 'https://a.test/', true],
    ['127.0.0.1', 'http://127.0.0.1/', true],
    ['127.0.0.1', 'http://127.0.0.2/', false],
    ['::1', 'http://[::1]/', true],
    ['[::1]:80', 'http://[::1]/', true],
    ['[::1]:81', 'http://[::1]/', false],
    ['127.0.0.0/8', 'http://127.9.9.9:1/', true],
    ['10.0.0.0/8,192.168.0.0/16', 'http://192.168.1.1/', true],
    ['10.0.0.0/8', 'http://11.0.0.1/', false],
    ['fd00::/8', 'http://[fd12::1]/', true],
    ['fd00::/8', 'http://10.0.0.1/', false],
    ['0.0.0.0/0', 'http://a.test/', false],
    ['10.0.0.0/99,nonsense/8', 'http://10.0.0.1/', false],
    ['', 'http://a.test/', false],
  ])('%j: %s is asked directly: %s', (list, url, isDirect) => {
    expect(served(url, { HTTP_PROXY: 'http://proxy:3128', NO_PROXY: list })).toBe(!isDirect);
    expect(served(url, { NO_PROXY: list }, 'socks5://proxy:1080')).toBe(!isDirect);
  });
});

describe('a proxy', () => {
  it('is the one given, or that of the environment, where an empty one means none', () => {
    expect(served('http://a.test/', {})).toBe(false);
    expect(served('https://a.test/', { HTTP_PROXY: 'http://p' })).toBe(true);
    expect(served('http://a.test/', { HTTPS_PROXY: 'http://p' })).toBe(false);
    expect(served('http://a.test/', { http_proxy: '', HTTP_PROXY: 'http://p' })).toBe(false);
    const both = new Proxies('socks5://me:secret@q:1', { HTTP_PROXY: 'http://p' });
    expect(both.urls).toEqual({ http: 'socks5://me:secret@q:1', https: 'socks5://me:secret@q:1' });
    expect(both.originFor('http:')).toBe('socks5://q:1');
  });

  it.each(['http://p:1', 'https://me:x@p', 'socks5://p:1080', 'socks://p'])('may be %s', (url) => {
    expect(new Proxies(url, {}).fault()).toBeUndefined();
  });

  it.each(['p:3128', 'ftp://p', 'http://', 'socks4://p', 'socks5://'])('cannot be %s', (url) => {
    expect(new Proxies(url, {}).fault()).toContain('such as http://proxy:3128 or socks5://proxy:1080');
    expect(new Proxies(undefined, { HTTP_PROXY: url }).fault()).toContain('HTTP_PROXY in the environment');
  });

  it('has a password that no message shows', () => {
    expect(new Proxies('me:secret@p', {}).fault()).not.toContain('secret');
  });
});
