import { expect, test } from 'vitest';
import { changedXmp } from './xmp-packet.ts';

const packet = (content: string) =>
  Buffer.from(`<rdf:RDF xmlns:geo="http://www.w3.org/2003/01/geo/wgs84_pos#">${content}</rdf:RDF>`);
const without = (content: string) =>
  Buffer.from(
    changedXmp(packet(content), { width: 75, height: 50, srgb: true, gps: false }) ?? [],
  ).toString();

test.each(['geo:lat', 'geo:long', 'geo:lat_long', 'exif:GPSLatitude', 'drone-dji:RelativeAltitude'])(
  'the place is taken out of XMP where it is called %s, as an element and as an attribute',
  (name) => {
    const written = without(
      `<rdf:Description dc:format="x" ${name}="52.5"><${name}>52.5</${name}><dc:title><rdf:Alt><rdf:li>a lat</rdf:li></rdf:Alt></dc:title></rdf:Description>`,
    );
    expect(written).not.toContain('52.5');
    expect(written).toContain('<rdf:Alt><rdf:li>a lat</rdf:li></rdf:Alt>');
    expect(written).toContain('dc:format="x"');
  },
);
