import 'uplot/dist/uPlot.min.css';
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';

/** A labelled place on the x axis. */
interface PlotMark {
  readonly at: number;
  readonly label: string;
}

interface PlotProps {
  /** Created once, with the plot. Later changes come as data and marks. */
  readonly options: Omit<uPlot.Options, 'width' | 'height'>;
  readonly data: uPlot.AlignedData;
  readonly marks: readonly PlotMark[];
  readonly markColour: string;
}

/** uPlot as a component: fills its box and uses the page's current colours. */
export function Plot({ options, data, marks, markColour }: PlotProps) {
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const newest = useRef({ data, marks, markColour });
  newest.current = { data, marks, markColour };
  useEffect(() => {
    const box = host.current;
    if (box === null) return undefined;
    const size = () => ({ width: box.clientWidth, height: box.clientHeight });
    const drawMarks = (drawn: uPlot): void => {
      for (const mark of newest.current.marks) drawMark(drawn, mark, newest.current.markColour);
    };
    const made = new uPlot({ ...options, ...size(), hooks: { draw: [drawMarks] } }, newest.current.data, box);
    plot.current = made;
    const resized = new ResizeObserver(() => made.setSize(size()));
    resized.observe(box);
    // A canvas does not follow a change of the colour scheme: it has to be drawn again.
    const recoloured = new MutationObserver(() => made.redraw());
    recoloured.observe(document.documentElement, { attributeFilter: ['data-mantine-color-scheme'] });
    return () => {
      resized.disconnect();
      recoloured.disconnect();
      made.destroy();
    };
  }, [options]);
  // Marks are drawn together with the data.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is what is followed
  useEffect(() => plot.current?.setData(data), [data, marks]);
  return <div ref={host} style={{ height: '100%' }} />;
}

/** The value of one of the page's custom properties, for a canvas, which cannot use them. */
export function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name);
}

const plotFont = () => `11px ${getComputedStyle(document.body).fontFamily}`;

/** An axis in the page's dim ink. */
export function axis(own: uPlot.Axis): uPlot.Axis {
  return {
    stroke: () => colour('--ink-dim'),
    font: plotFont(),
    labelFont: plotFont(),
    ticks: { show: false },
    grid: { show: false },
    gap: 4,
    ...own,
  };
}

function drawMark(drawn: uPlot, { at, label }: PlotMark, name: string): void {
  const { ctx, bbox } = drawn;
  const x = Math.round(drawn.valToPos(at, 'x', true));
  if (x < bbox.left || x > bbox.left + bbox.width) return;
  const ratio = uPlot.pxRatio;
  ctx.save();
  ctx.strokeStyle = colour(name);
  ctx.fillStyle = colour(name);
  ctx.lineWidth = ratio;
  ctx.setLineDash([2 * ratio, 3 * ratio]);
  ctx.beginPath();
  ctx.moveTo(x, bbox.top);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.stroke();
  ctx.font = plotFont().replace(/^(\d+)px/, (_all, size) => `${Number(size) * ratio}px`);
  ctx.textAlign = 'center';
  ctx.textBaseline = 'bottom';
  ctx.fillText(label, x, bbox.top - 3 * ratio);
  ctx.restore();
}
