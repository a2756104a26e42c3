/** What front ends draw of runs. Load it where something is drawn. */

export { lineChart } from '../report/line-chart.ts';
export { pageOfRun } from '../report/page-of-run.ts';
