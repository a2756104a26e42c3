import type { Forecast } from './forecast.ts';
import { HostHistory, type ItemsOfHosts } from './host-history.ts';

/** Foretells what fetching will take from the newest runs that asked the same hosts. Nobody is asked anything. */
export function forecastByRuns(hosts: ItemsOfHosts, poolSize: number, perHost: number): Forecast | undefined {
  const history = new HostHistory(hosts);
  return history.forecast(poolSize, () => perHost);
}
