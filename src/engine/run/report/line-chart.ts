import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';

/** A place on the curve. A `label` is written beside it. */
interface ChartPoint {
  readonly x: number;
  readonly y: number;
  readonly label?: string;
}

export interface LineChart {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly points: readonly ChartPoint[];
  /** The values that the x axis names. Default: round ones. */
  readonly xTicks?: readonly number[];
  /** Moments on the x axis that are marked by a dashed line. */
  readonly marks?: readonly { readonly x: number; readonly label: string }[];
  /** Whether each point is drawn: not where there are hundreds. Default true. */
  readonly dots?: boolean;
}

const width = 720;
const height = 360;
const margin = { top: 60, right: 24, bottom: 52, left: 72 };

/** A curve as a picture in SVG that needs nothing else: it follows the reader's light or dark scheme. */
export function lineChart({
  title,
  xLabel,
  yLabel,
  points,
  xTicks,
  marks = [],
  dots = true,
}: LineChart): string {
  const x = scaleLinear()
    .domain([0, Math.max(1e-9, ...points.map((point) => point.x))])
    .range([margin.left, width - margin.right]);
  const y = scaleLinear()
    .domain([0, Math.max(1e-9, ...points.map((point) => point.y))])
    .nice(5)
    .range([height - margin.bottom, margin.top]);
  const path = line<ChartPoint>(
    (point) => x(point.x),
    (point) => y(point.y),
  )([...points]);
  const shownX = xTicks ?? x.ticks(8);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(title)}">`,
    `<style>${style}</style>`,
    `<rect class="ground" width="${width}" height="${height}"/>`,
    text(margin.left, 24, title, 'title'),
    ...y.ticks(5).map((tick) => grid(y(tick), y.tickFormat(5)(tick))),
    ...shownX.map((tick) => text(x(tick), height - margin.bottom + 20, nameOf(tick), 'x')),
    text((margin.left + width - margin.right) / 2, height - 12, xLabel, 'x'),
    text(margin.left, margin.top - 12, yLabel, 'dim'),
    ...marks.map((mark) => markAt(x(mark.x), mark.label)),
    `<path class="curve" d="${path ?? ''}"/>`,
    ...(dots
      ? points.map((point) => `<circle cx="${round(x(point.x))}" cy="${round(y(point.y))}" r="4"/>`)
      : []),
    ...points.flatMap((point) => (point.label ? [labelOf(x(point.x), y(point.y), point.label)] : [])),
    '</svg>',
    '',
  ].join('\n');
}

const style = `
svg { color-scheme: light dark; font: 13px system-ui, sans-serif; }
.ground { fill: light-dark(#fff, #16191d); }
text { fill: light-dark(#1c2126, #e6eaee); }
.title { font-size: 15px; font-weight: 600; }
.dim { fill: light-dark(#5a646e, #a3adb7); }
.x { text-anchor: middle; fill: light-dark(#5a646e, #a3adb7); }
.y { text-anchor: end; fill: light-dark(#5a646e, #a3adb7); }
.mark { text-anchor: middle; font-weight: 600; }
.grid { stroke: light-dark(#e3e7eb, #2c3238); }
.dashed { stroke: light-dark(#868e96, #868e96); stroke-dasharray: 4 4; }
.curve { fill: none; stroke: light-dark(#0b7285, #3bc9db); stroke-width: 2.5; }
circle { fill: light-dark(#0b7285, #3bc9db); }`;

function grid(y: number, label: string): string {
  const across = `<line class="grid" x1="${margin.left}" x2="${width - margin.right}" y1="${round(y)}" y2="${round(y)}"/>`;
  return across + text(margin.left - 10, y + 4, label, 'y');
}

function markAt(x: number, label: string): string {
  const down = `<line class="dashed" x1="${round(x)}" x2="${round(x)}" y1="${margin.top}" y2="${height - margin.bottom}"/>`;
  return down + text(x + 4, margin.top + 12, label, 'dim');
}

/** Beside its point, and inside the picture. */
function labelOf(x: number, y: number, label: string): string {
  const room = label.length * 4 + 4;
  const at = Math.min(Math.max(x, margin.left + room), width - margin.right - room);
  return text(at, y < margin.top + 24 ? y + 24 : y - 12, label, 'mark');
}

function text(x: number, y: number, content: string, kind: string): string {
  return `<text class="${kind}" x="${round(x)}" y="${round(y)}">${escaped(content)}</text>`;
}

/** A round number needs no decimals. */
function nameOf(tick: number): string {
  return String(Math.round(tick * 1_000) / 1_000);
}

function escaped(content: string): string {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
