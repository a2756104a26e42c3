/** The app's icon, drawn from the mark of `src/renderer/icon.svg`: three fish that swim as one. 24 units wide, as the mark. */

/** One fish of the mark, its head at the left and its box's corner at 0, 0: 11.3 by 5.4 units. */
const outline = 'M0 2.4c2.8-2.6 6.4-2.6 8.9-.4l2.4-2v5.4l-2.4-2C6.4 5.4 2.8 5 0 2.4Z';

const places = [
  { x: 2, y: 3.8, fill: '#c3e9ef' },
  { x: 9.2, y: 9.6, fill: '#ffffff' },
  { x: 2, y: 15.6, fill: '#c3e9ef' },
] as const;
/** The middle of the three, and of the icon. */
const middle = { x: 11.5, y: 12.4 };
const centre = 12;

/** What is free around the tile, as shares of the icon: Apple's grid leaves a tenth, and casts a shadow there. */
const frames = {
  plain: { margin: 1 / 16, radius: 0.2 },
  mac: { margin: 100 / 1024, radius: 185.4 / 1024 },
} as const;

export type Frame = keyof typeof frames;

/** The drawing for an icon of this many pixels: the smaller, the less there is in it. */
export function iconSvg(size: number, frame: Frame): string {
  const { margin, radius } = size <= 24 ? { margin: 0, radius: 0.19 } : frames[frame];
  const [edge, side] = [24 * margin, 24 * (1 - 2 * margin)];
  const shadow = frame === 'mac' && size >= 64;
  const tile = `<rect x="${edge}" y="${edge}" width="${side}" height="${side}" rx="${24 * radius}" fill="${size >= 48 ? 'url(#water)' : '#0c7489'}"/>`;
  return svg(
    [
      size >= 48 ? gradient : '',
      shadow ? `${shadowOf}<g filter="url(#shadow)">${tile}</g>` : tile,
      size <= 24 ? twoFish() : threeFish((0.92 * side) / 24, size >= 128),
    ].join(''),
  );
}

/** For places that colour icons themselves, as GNOME's panel and its list of apps: one colour, and no more than 16 pixels. */
export function symbolicSvg(): string {
  return svg(places.map((place) => fishAround({ ...place, fill: '#2e3436' }, 1.14, false)).join(''), 16);
}

const threeFish = (scale: number, withEye: boolean) =>
  places.map((place) => fishAround(place, scale, withEye)).join('');

function fishAround({ x, y, fill }: Omit<Fish, 'scale'>, scale: number, withEye: boolean): string {
  const from = { x: centre + (x - middle.x) * scale, y: centre + (y - middle.y) * scale };
  return fish({ ...from, scale, fill, withEye });
}

const twoFish = () =>
  fish({ x: 2.2, y: 4.2, scale: 1.25, fill: '#cdeef3' }) +
  fish({ x: 7.2, y: 12.6, scale: 1.25, fill: '#ffffff' });

interface Fish {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
  readonly fill: string;
  readonly withEye?: boolean;
}

function fish({ x, y, scale, fill, withEye = false }: Fish): string {
  const eye = withEye ? '<circle cx="2.5" cy="2.1" r=".4" fill="#0a6679"/>' : '';
  return `<g transform="translate(${round(x)} ${round(y)}) scale(${round(scale)})" fill="${fill}"><path d="${outline}"/>${eye}</g>`;
}

const gradient =
  '<linearGradient id="water" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#1a9cb5"/><stop offset="1" stop-color="#07566a"/></linearGradient>';
const shadowOf =
  '<filter id="shadow" x="-10%" y="-10%" width="120%" height="125%"><feDropShadow dx="0" dy=".28" stdDeviation=".3" flood-color="#000000" flood-opacity=".3"/></filter>';

const svg = (content: string, size = 24) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 24 24"><title>Shoal</title>${content}</svg>\n`;

const round = (value: number) => Math.round(value * 1000) / 1000;
