import { monitorEventLoopDelay } from 'node:perf_hooks';

/** The figures that bench/window.ts reads from main. Times in milliseconds. */
interface MainFigures {
  /** Messages sent to the page, and calls received from it. */
  readonly told: number;
  readonly asked: number;
  readonly delay: { readonly p50: number; readonly p99: number; readonly max: number };
}

declare global {
  /** Defined only if `SHOAL_DIAGNOSTICS` is set. Returns the figures since the last call. */
  var shoalFigures: (() => MainFigures) | undefined;
}

/** Measures main if `SHOAL_DIAGNOSTICS` is set: only the benchmark does that. */
export function startDiagnostics() {
  if (process.env.SHOAL_DIAGNOSTICS === undefined) return undefined;
  const histogram = monitorEventLoopDelay({ resolution: 5 });
  histogram.enable();
  let told = 0;
  let asked = 0;
  globalThis.shoalFigures = () => {
    const ms = (nanoseconds: number) => Math.round(nanoseconds / 1e5) / 10;
    const { max } = histogram;
    const delay = { p50: ms(histogram.percentile(50)), p99: ms(histogram.percentile(99)), max: ms(max) };
    const figures = { told, asked, delay };
    histogram.reset();
    told = 0;
    asked = 0;
    return figures;
  };
  return {
    told: () => {
      told += 1;
    },
    asked: () => {
      asked += 1;
    },
  };
}
