import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linksOfPage } from './links-of-page.ts';
import { srcsetUrls } from './srcset.ts';

const url = 'http://x/a/page.html';
const imagesIn = (text: string, type = 'text/html; charset=utf-8') => linksOfPage({ url, text, type }).images;

describe('the images of an HTML page', () => {
  it.each<[string, string, string[]]>([
    ['an image', '<IMG SRC=b.jpg>', ['http://x/a/b.jpg']],
    ['entities', '<img src="/b?x=1&amp;y=2#z">', ['http://x/b?x=1&y=2']],
    [
      'all of a set',
      '<img srcset="s.jpg 1x, l,arge.jpg 2x" src="s.jpg">',
      ['http://x/a/s.jpg', 'http://x/a/l,arge.jpg'],
    ],
    [
      'a picture',
      '<picture><source srcset="b.avif 400w,c.avif 800w" type="image/avif"><img src=d.jpg></picture>',
      ['http://x/a/b.avif', 'http://x/a/c.avif', 'http://x/a/d.jpg'],
    ],
    ['a late image', '<img src="data:image/gif;base64,R0lGOD" data-src="b.jpg">', ['http://x/a/b.jpg']],
    ['a late set', '<img data-srcset="b.jpg 2x">', ['http://x/a/b.jpg']],
    ['a late background', '<div data-bg="b.webp" data-src="page2">', ['http://x/a/b.webp']],
    ['one without scripts', '<noscript><img src=b.jpg></noscript>', ['http://x/a/b.jpg']],
    [
      'what is shown of it elsewhere',
      '<meta property="og:image" content="/b"><meta name=twitter:image content=//y/c>',
      ['http://x/b', 'http://y/c'],
    ],
    [
      'links to images',
      '<a href="b.JPG">b</a><a href="c.html">c</a><a href="d.heic">d</a>',
      ['http://x/a/b.JPG', 'http://x/a/d.heic'],
    ],
    ['a base', '<base href="http://y/z/"><img src=b.jpg>', ['http://y/z/b.jpg']],
    [
      'a style',
      `<p style="background:url('b.png') no-repeat, url(c.png)">`,
      ['http://x/a/b.png', 'http://x/a/c.png'],
    ],
    [
      'drawings',
      '<svg><image href="b.png"/><image xlink:href="c.png"/></svg>',
      ['http://x/a/b.png', 'http://x/a/c.png'],
    ],
    [
      'others',
      '<video poster=b.jpg></video><input type=image src=c.gif><link rel=image_src href=d.jpg>',
      ['http://x/a/b.jpg', 'http://x/a/c.gif', 'http://x/a/d.jpg'],
    ],
    ['each once', '<img src=b.jpg><img src="./b.jpg#x">', ['http://x/a/b.jpg']],
    [
      'nothing of other schemes, and no password',
      '<img src="javascript:1"><img src="file:///etc/x.png"><img src="http://me:secret@x/b">',
      ['http://x/b'],
    ],
    ['nothing in comments and scripts', '<!-- <img src=b.jpg> --><script>"<img src=c.jpg>"</script>', []],
  ])('%s', (_name, html, images) => {
    expect(imagesIn(html)).toEqual(images);
  });

  it('are found in any text without an error', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('text/html', 'application/xml', undefined), (text, type) => {
        const { images, pages } = linksOfPage({
          url,
          text: `<img src="${text}"><p style="${text}">${text}`,
          type,
        });
        for (const link of [...images, ...pages]) expect(link).toMatch(/^https?:/);
      }),
    );
  });
});

describe('a set of sources', () => {
  it.each([
    ['a.jpg', ['a.jpg']],
    ['a.jpg, b.jpg 2x', ['a.jpg', 'b.jpg']],
    [' a.jpg 1x ,b.jpg 2x , c.jpg 3x,', ['a.jpg', 'b.jpg', 'c.jpg']],
    ['a,b.jpg 100w, c.jpg 200w', ['a,b.jpg', 'c.jpg']],
    ['w_300,h_200/a.jpg 1x, w_600,h_400/a.jpg 2x', ['w_300,h_200/a.jpg', 'w_600,h_400/a.jpg']],
    ['', []],
  ])('%j', (set, urls) => {
    expect(srcsetUrls(set)).toEqual(urls);
  });

  it('is read however odd it is', () => {
    expect(srcsetUrls('a, (a, (a, '.repeat(5_000)).length).toBeGreaterThan(1_000);
    expect(srcsetUrls('a.jpg 1x,b.jpg 2x')).toEqual(['a.jpg', 'b.jpg']);
  });

  it('takes no time that grows with the square of its length', () => {
    const before = performance.now();
    imagesIn(`<p style="${'url('.repeat(300_000)}">${'<b>'.repeat(2_000)}`);
    srcsetUrls(`${', '.repeat(200_000)}${'a '.repeat(200_000)}${'('.repeat(200_000)}`);
    expect(performance.now() - before).toBeLessThan(5_000);
  });
});

describe('feeds and sitemaps', () => {
  it('RSS: enclosures, media, the texts of items, the picture of the channel', () => {
    const rss = `<?xml version="1.0"?><!-- made --><rss xmlns:media="m"><channel><image><url>http://x/logo</url></image>
      <item><enclosure url="http://x/1" type="image/jpeg"/><enclosure url="http://x/1.mp3" type="audio/mpeg"/></item>
      <item><media:content url="http://x/2" medium="image"/><media:thumbnail url="http://x/3"/></item>
      <item><content:encoded><![CDATA[<p><img src="/4.jpg"></p>]]></content:encoded>
      <description>&lt;img src="/5.jpg"&gt;</description><link>http://x/post</link></item></channel></rss>`;
    expect(imagesIn(rss, 'text/xml')).toEqual([
      'http://x/logo',
      'http://x/1',
      'http://x/2',
      'http://x/3',
      'http://x/4.jpg',
      'http://x/5.jpg',
    ]);
  });

  it('Atom: enclosures and contents', () => {
    const atom = `<feed xmlns="http://www.w3.org/2005/Atom"><entry><link rel="enclosure" type="image/png" href="1"/>
      <link href="http://x/post"/><content type="html">&lt;img src="2.jpg"&gt;</content></entry></feed>`;
    expect(imagesIn(atom, 'application/atom+xml')).toEqual(['http://x/a/1', 'http://x/a/2.jpg']);
  });

  it('sitemaps: their images, and the pages that are to be looked at', () => {
    const sitemap = `<urlset><url><loc>http://x/page?a=1&amp;b=2</loc><image:image><image:loc>http://x/1</image:loc></image:image></url>
      <url><loc> http://x/2.jpg </loc></url></urlset>`;
    expect(linksOfPage({ url, text: sitemap, type: undefined })).toEqual({
      images: ['http://x/1', 'http://x/2.jpg'],
      pages: ['http://x/page?a=1&b=2'],
    });
    const index = '<sitemapindex><sitemap><loc>http://x/s1.xml</loc></sitemap></sitemapindex>';
    expect(linksOfPage({ url, text: index, type: 'application/xml' }).pages).toEqual(['http://x/s1.xml']);
    const plain = {
      url: 'http://x/sitemap.txt',
      text: 'http://x/p\r\nhttp://x/b.png\nno url',
      type: 'text/plain',
    };
    expect(linksOfPage(plain)).toEqual({ images: ['http://x/b.png'], pages: ['http://x/p'] });
  });
});
