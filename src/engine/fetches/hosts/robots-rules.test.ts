import { describe, expect, it } from 'vitest';
import { Steps } from './robots-pattern.ts';
import { RobotsRules } from './robots-rules.ts';

const allows = (text: string, path: string, robot = 'Shoal'): boolean =>
  RobotsRules.parse(text, robot).allows(new URL(path, 'http://site.test'));
const forAll = (...rules: string[]) => ['User-agent: *', ...rules].join('\n');

describe('a rule', () => {
  it.each([
    ['/', '/', true],
    ['/', '/a', true],
    ['/a', '/a', true],
    ['/a', '/abc/d?e', true],
    ['/a', '/b/a', false],
    ['/a', '/A', false],
    ['/a/', '/a', false],
    ['/a$', '/a', true],
    ['/a$', '/a/', false],
    ['/a$', '/a?b', false],
    ['/a$b', '/a$bc', true],
    ['/a$b', '/a', false],
    ['/*', '/', true],
    ['*', '/a', true],
    ['*.gif', '/a/b.gif?c', true],
    ['/*.gif$', '/a/b.gif', true],
    ['/*.gif$', '/a/b.gif?c', false],
    ['/*.gif$', '/a.gif/b.gif', true],
    ['/a*', '/abc', true],
    ['/a*$', '/abc', true],
    ['/a*c', '/abbbc', true],
    ['/a*c$', '/acbc', true],
    ['/a*c$', '/acb', false],
    ['/a***c$', '/abc', true],
    ['/a*b*c', '/axbxc', true],
    ['/a*b*c', '/axcxb', false],
    ['/*?', '/a?b', true],
    ['/*?', '/a', false],
    ['/*?*x=', '/a?b&x=1', true],
    ['/*/private/', '/a/b/private/c', true],
    ['/*aab', '/aaab', true],
    ['/*ab*ab$', '/abxab', true],
    ['/*ab*ab$', '/xab', false],
    ['', '/a', false],
    ['a', '/a', false],
    ['$', '/', false],
  ])('%j and the path %j: %j', (rule, path, forbids) => {
    expect(allows(forAll(`Disallow: ${rule}`), path)).toBe(!forbids);
  });

  it.each([
    ['/foo/bar?baz=quz', '/foo/bar?baz=quz'],
    ['/foo/bar?baz=https://foo.bar', '/foo/bar?baz=https%3A%2F%2Ffoo.bar'],
    ['/foo/bar/\u30c4', '/foo/bar/%E3%83%84'],
    ['/foo/bar/%E3%83%84', '/foo/bar/%E3%83%84'],
    ['/foo/bar/%e3%83%84', '/foo/bar/%E3%83%84'],
    ['/foo/bar/%62%61%7A', '/foo/bar/baz'],
    ['/foo/bar/baz', '/foo/bar/%62%61%7a'],
    ['/a%3cd', '/a%3Cd'],
    ['/a b', '/a%20b'],
    ['/a|b', '/a|b'],
    ['/a%7cb', '/a|b'],
    ['/a%2Ab', '/a*b'],
    ['/a%24', '/a$'],
    ['/a%24', '/a%24'],
    ['/100%', '/100%'],
    ['/*to=%2Fa', '/b?to=%2Fa'],
    ['/\u{1f41f}', '/%F0%9F%90%9F'],
  ])('%j and the path %j are the same', (rule, path) => {
    expect(allows(forAll(`Disallow: ${rule}$`), path)).toBe(false);
  });

  it('that means a star or a dollar is not one that means anything or the end', () => {
    expect(allows(forAll('Disallow: /a%2Ab'), '/axb')).toBe(true);
    expect(allows(forAll('Disallow: /a%24'), '/a')).toBe(true);
  });

  it('with more octets counts more, and one that allows of two with as many', () => {
    expect(allows(forAll('Allow: /p', 'Disallow: /'), '/page')).toBe(true);
    expect(allows(forAll('Disallow: /', 'Allow: /p'), '/page')).toBe(true);
    expect(allows(forAll('Allow: /folder', 'Disallow: /folder'), '/folder/page')).toBe(true);
    expect(allows(forAll('Disallow: /folder', 'Allow: /folder'), '/folder/page')).toBe(true);
    expect(allows(forAll('Allow: /page', 'Disallow: /*.htm'), '/page.htm')).toBe(false);
    expect(allows(forAll('Allow: /$', 'Disallow: /'), '/')).toBe(true);
    expect(allows(forAll('Allow: /$', 'Disallow: /'), '/page.htm')).toBe(false);
  });

  it('never forbids to ask for the rules', () => {
    expect(allows(forAll('Disallow: /'), '/robots.txt')).toBe(true);
  });
});

describe('what is said to whom', () => {
  const text = [
    '\ufeffuser-agent: *',
    'disallow: /all',
    '',
    'User-Agent: SHOAL/1.0',
    'Crawl-delay: 2',
    'Disallow: /first # why not',
    'User-agent: other',
    'User-agent: shoal',
    'Sitemap: http://site.test/sitemap.xml',
    'User-agent: third',
    'Disallow : /second',
    'crawl-delay: 7',
  ].join('\r\n');

  it('is what the groups of its name say together, and of all others only where there are none', () => {
    for (const robot of ['shoal', 'Shoal', 'SHOAL']) {
      expect(allows(text, '/first', robot)).toBe(false);
      expect(allows(text, '/second', robot)).toBe(false);
      expect(allows(text, '/all', robot)).toBe(true);
    }
    expect(allows(text, '/all', 'somebody')).toBe(false);
    expect(allows(text, '/first', 'other')).toBe(true);
    expect(allows(text, '/second', 'third')).toBe(false);
    expect(allows(text, '/all', 'sho')).toBe(false);
    expect(RobotsRules.parse(text, 'shoal').crawlDelay).toBe(7);
    expect(RobotsRules.parse(text, 'somebody').crawlDelay).toBe(0);
  });

  it.each(['\n', '\r', '\r\n'])('is told in lines that end with %j', (end) => {
    expect(allows(text.replaceAll('\r\n', end), '/first')).toBe(false);
    expect(allows(text.replaceAll('\r\n', end), '/third')).toBe(true);
  });

  it.each([
    ['', 'nothing'],
    ['Disallow: /', 'rules for nobody'],
    ['User-agent: *\nDisallow:', 'an empty rule'],
    ['User-agent: *\nDisallow: # /', 'a rule that is a comment'],
    ['<html><body>Not found: the page</body></html>', 'a page'],
    ['User-agent\nDisallow /', 'lines without colons'],
    ['User-agent: *\nCrawl-delay: soon\nCrawl-delay: -1', 'a delay that is none'],
  ])('%j is %s', (nothing) => {
    expect(allows(nothing, '/a')).toBe(true);
    expect(RobotsRules.parse(nothing, 'shoal').crawlDelay).toBe(0);
  });
});

describe('what a URL costs', () => {
  const size = 512 * 1024;
  const long = `/${'a'.repeat(8_000)}`;
  const filled = (line: (count: number) => string): string => {
    let text = 'User-agent: *\n';
    for (let count = 0; text.length < size; count += 1) text += `${line(count)}\n`;
    return text;
  };
  const most = 1_000_000;

  it.each([
    ['one rule of stars', () => `User-agent: *\nDisallow: /${'*a'.repeat(size / 2)}b$`, false],
    ['long rules of stars', () => filled((count) => `Disallow: /${'*a'.repeat(2_000)}${count}b$`), true],
    ['short rules with a star', () => filled((count) => `Disallow: /*${count}`), true],
    ['rules that nearly match', () => filled((count) => `Disallow: /*${'a'.repeat(500)}${count}b`), true],
    [
      'rules that nearly match from behind',
      () => filled((count) => `Disallow: /*${count}b${'a'.repeat(500)}`),
      true,
    ],
    ['rules without stars', () => filled((count) => `Disallow: /${'a'.repeat(500)}${count}b`), false],
    ['the same rule', () => filled(() => 'Disallow: /*a*a*a*b'), false],
    ['the same name', () => `${filled(() => 'User-agent: *')}${'Disallow: /b\n'.repeat(1_000)}`, false],
  ])('is bounded: %s', (_what, text, forbids) => {
    const rules = RobotsRules.parse(text(), 'shoal');
    const steps = new Steps(most);
    const before = process.cpuUsage();
    expect(rules.allows(new URL(long, 'http://site.test'), steps)).toBe(!forbids);
    // A generous bound: ten such texts would otherwise block everything else for seconds, as they once did.
    expect(process.cpuUsage(before).user).toBeLessThan(500_000);
    expect(steps.left).toBeGreaterThanOrEqual(-long.length);
    expect(rules.size).toBeLessThan(16 * 1024 * 1024);
  });

  it('is far below that for what real sites say', () => {
    const text = filled((count) => `Disallow: /*/folder-${count}/*.html$`);
    const steps = new Steps(most);
    expect(
      RobotsRules.parse(text, 'shoal').allows(new URL('http://a.test/products/1.jpg?size=2'), steps),
    ).toBe(true);
    expect(steps.left).toBeGreaterThan(most / 2);
  });
});
