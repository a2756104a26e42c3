import { describe, expect, it } from 'vitest';
import { readInputs, readListFile, urlsOf } from '../../../../test/read-lists.ts';
import { urlList } from './url-list.ts';

describe('a line of text', () => {
  it('may have a name or a remark behind its URL, or further URLs', async () => {
    const text = [
      'http://x/1 first picture.jpg',
      'http://x/2 # because',
      'http://x/3#part  third.jpg # because',
      'http://x/4 http://x/5',
      'http://x/6%20a',
    ];
    expect(await readListFile('names.txt', text.join('\n'))).toMatchObject([
      { url: 'http://x/1', name: 'first picture.jpg' },
      { url: 'http://x/2' },
      { url: 'http://x/3', name: 'third.jpg' },
      { url: 'http://x/4' },
      { url: 'http://x/5' },
      { url: 'http://x/6%20a' },
    ]);
  });

  it.each([
    ['[a](http://x/1_(a).jpg), ![b](http://x/2.jpg "title")', ['http://x/1_(a).jpg', 'http://x/2.jpg']],
    ['- http://x/1', ['http://x/1']],
    ['1. <http://x/1>', ['http://x/1']],
    [`<a href="http://x/1?a=1&amp;b=2">see</a> <img src='http://x/2'>`, ['http://x/1?a=1&b=2', 'http://x/2']],
    ['"http://x/1",', ['http://x/1']],
    ['It is at http://x/1, or (http://x/2).', ['http://x/1', 'http://x/2']],
  ])('may hold URLs as Markdown and HTML write them: %s', async (line, expected) => {
    expect(urlsOf(await readListFile('marked.txt', line))).toEqual(expected);
    expect(urlsOf(await readListFile('marked.md', `# Pictures\n\nOf my garden:\n${line}\n`))).toEqual(
      expected,
    );
    const { entries } = await readInputs([{ kind: 'text', text: `<p>Of my garden:\n${line}\n</p>` }]);
    expect(urlsOf(entries)).toEqual(expected);
  });

  it('may be taken literally, where brackets are no range', async () => {
    const text = 'http://x/[1-3].jpg';
    const list = async (literal: boolean) => {
      const batches = urlList(
        [
          { kind: 'text', text },
          { kind: 'argument', value: 'http://y/[1-2]' },
        ],
        {
          onDuplicates: () => undefined,
          literal,
        },
      );
      return (await Array.fromAsync(batches)).flat();
    };
    expect(urlsOf(await list(true))).toEqual(['http://x/[1-3].jpg', 'http://y/[1-2]']);
    expect(await list(false)).toHaveLength(5);
  });
});

describe('a shortcut', () => {
  const plist =
    '<?xml version="1.0"?><plist version="1.0"><dict><key>URL</key>\n<string>http://x/1?a=1&amp;b=2</string></dict></plist>';
  it.each([
    [
      'a.url',
      '[{000214A0-0000-0000-C000-000000000046}]\r\nProp3=19,2\r\n[InternetShortcut]\r\nURL=http://x/1\r\n',
      'http://x/1',
    ],
    ['a.desktop', '[Desktop Entry]\nType=Link\nName=x\nURL=http://x/1\n', 'http://x/1'],
    ['a.webloc', plist, 'http://x/1?a=1&b=2'],
    ['a.txt', '[InternetShortcut]\nURL=http://x/1\n', 'http://x/1'],
  ])('is the URL that it leads to: %s', async (name, text, url) => {
    expect(urlsOf(await readListFile(name, text))).toEqual([url]);
  });

  it('without one fails', async () => {
    expect(await readListFile('none.desktop', '[Desktop Entry]\nType=Application\n')).toMatchObject([
      { kind: 'rejected', error: { code: 'BAD_LIST_LINE', message: expect.stringContaining('has no URL') } },
    ]);
  });
});

describe('a JSON array', () => {
  it('is read as JSON lines are, however it is broken into lines', async () => {
    const array = ['http://x/1', { url: 'http://x/2', name: 'b', tags: ['c'] }, null, { link: 'http://x/3' }];
    for (const text of [
      JSON.stringify(array),
      JSON.stringify(array, null, 2),
      ` \n${JSON.stringify(array)}\n`,
    ]) {
      expect(await readListFile('a.json', text)).toMatchObject([
        { url: 'http://x/1' },
        { url: 'http://x/2', name: 'b', columns: { tags: '["c"]' } },
        { kind: 'rejected', error: { message: expect.stringContaining('element 3') } },
        { kind: 'rejected', error: { message: expect.stringContaining('element 4') } },
      ]);
    }
    expect(await readListFile('b.json', '[]')).toEqual([]);
  });

  it('that is broken is read up to there', async () => {
    for (const text of ['["http://x/1","http://x/2"', '["http://x/1","http://x/2",}]']) {
      const entries = await readListFile('broken.json', text);
      expect(urlsOf(entries)).toEqual(['http://x/1', 'http://x/2', 'BAD_LIST_LINE']);
    }
  });
});
